import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { comparable, isSameName } from '../shared/model/email';
import { asFailure, Failure } from '../shared/model/failure';
import { path } from '../shared/model/path';
import type { Change } from '../shared/model/record';
import type { Options } from '../shared/parameters/options';
import { countTowardsLimit } from '../shared/users/guards';
import { CONCLUDED, DEACTIVATION, resolveOutcome } from '../shared/users/outcome';
import type { RunContext } from '../shared/users/runContext';
import { noActiveMember } from './errors';
import { isActiveMember } from './members';

/** Names nobody, and never will (RFC 2606). Fixed, since it goes to a destructive endpoint. */
const NOBODY = 'n8n-credential-test@offboarding.invalid';

const deactivated = z.object({ status: z.literal('success'), message: z.string() });

const invited = z.object({
	status: z.literal('success'),
	successfulInvites: z.array(z.string()),
	invalidEmails: z.array(z.string()),
});

async function sendDeactivation(address: string, client: Client): Promise<Change> {
	const { response } = await client.send({
		method: 'POST',
		path: path`/user-management/v1/deactivate-user`,
		body: { email: address },
		schema: deactivated,
		changes: true,
	});
	// Only an active member can be deactivated: all others get the 404 above.
	return { outcome: 'deactivated', stateBefore: 'active', stateAfter: 'deactivated', response };
}

/** Takes a member out of the workspace. @throws Failure */
export async function deactivate(
	address: string,
	run: RunContext,
	options: Options,
	displayName: string,
): Promise<Change> {
	return await run.withLock(comparable(address), async () => {
		const isMember = await isActiveMember(address, run);
		const warning = countTowardsLimit(run, [address], options);
		const performed = options.dryRun
			? preview(isMember, displayName)
			: sendDeactivation(address, run.client).catch(async (error: unknown) => {
					const failure = asFailure(error);
					const isProof = isMember === true && failure.effect === 'possible';
					const isGone = isProof && (await isActiveMember(address, run)) === false;
					return isGone ? GONE : await Promise.reject(failure);
				});
		const change = await resolveOutcome(performed, DEACTIVATION, options);
		const warnings = [change.warning, warning].filter((one) => one !== undefined);
		return warnings.length === 0 ? change : { ...change, warning: warnings.join(' ') };
	});
}

/** Somebody who was an active member before a request without an answer, and is none after it. */
const GONE: Change = {
	outcome: 'deactivated',
	stateBefore: 'active',
	stateAfter: 'deactivated',
	verified: true,
	warning:
		'An earlier request got no valid response. The member was active before it and is not active now: either this run did it, or someone else did.',
};

/** What would happen; nobody found means what Deactivate would be told. */
async function preview(isMember: boolean | undefined, displayName: string): Promise<Change> {
	if (isMember === false) {
		const { reason, ...facts } = noActiveMember(displayName);
		throw new Failure(reason, facts);
	}
	return await Promise.resolve(
		isMember === true
			? {
					outcome: 'wouldDeactivate',
					stateBefore: 'active',
					stateAfter: 'active',
					verified: true,
				}
			: { outcome: 'wouldDeactivate' },
	);
}

/**
 * A new invitation is the only way back. A 200 may still mean that nobody was invited; members who
 * are active are skipped without a word.
 */
export async function invite(address: string, newRole: string, run: RunContext): Promise<Change> {
	return await run.withLock(
		comparable(address),
		async () => await sendInvitation(address, newRole, run),
	);
}

async function sendInvitation(address: string, newRole: string, run: RunContext): Promise<Change> {
	const { client } = run;
	const { data, response, mayHaveSucceeded } = await client.send({
		method: 'POST',
		path: path`/user-management/v1/invite`,
		body: { users: [{ email: address, role: newRole }] },
		schema: invited,
		changes: true,
	});
	const isIn = (list: readonly string[]) => list.some((entry) => isSameName(entry, address));
	if (isIn(data.invalidEmails)) {
		throw new Failure('refused', {
			summary: `The address '${address}' can't be invited`,
			advice: 'Check the address: its mail server may not exist.',
			source: { kind: 'answer', status: 200, error: {}, body: response },
			effect: mayHaveSucceeded ? 'possible' : 'none',
		});
	}
	if (isIn(data.successfulInvites)) return { outcome: 'reactivated', response };
	if (mayHaveSucceeded) return { outcome: 'reactivated', response, warning: CONCLUDED('active') };
	const isMember = await isActiveMember(address, run);
	if (isMember === false) throw new Failure('unexpectedResponse', NOT_INVITED);
	return isMember === true
		? { outcome: 'alreadyActive', stateAfter: 'active', verified: true, response }
		: { outcome: 'alreadyActive', response, warning: SKIPPED };
}

const NOT_INVITED = {
	summary: 'The address was neither invited nor refused',
	advice: 'Try again later: repeating is safe.',
};

const SKIPPED =
	"The service skipped this address, which it does for active members. It can't be asked whether this is one.";

/**
 * Proves the key. There is no harmless GET: a good key shows in the documented answer for nobody.
 *
 * @throws Failure
 */
export async function checkCredential(client: Client): Promise<void> {
	await sendDeactivation(NOBODY, client).then(
		() => {
			throw new Failure('unexpectedResponse', {
				summary: `'Base URL' isn't the address of the API`,
				advice: "Check 'Base URL' in the credential.",
			});
		},
		(error: unknown) => {
			const isGood = error instanceof Failure && error.facts.mayMean === 'alreadyDeactivated';
			if (!isGood) throw error;
		},
	);
}
