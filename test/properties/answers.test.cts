import fc from 'fast-check';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { findSecrets } from '../harness/secrets.cts';
import { scriptedRun, SECRET, type ScriptedAnswer } from '../nodes/scriptedRun.cts';
import { byEmail, byId, samples } from '../nodes/services.cts';
import { follow, plan, type Plan } from './answers.cts';
import { holds } from './check.cts';
import {
	CHANGING,
	factsIn,
	idsWithEmail,
	ownIdIn,
	PARAMETERS,
	readRequest,
	repliesTo,
	sessionsOf,
	showsEmail,
	type Asked,
	type Fact,
} from './documented.cts';
import { PROTECT_EMAIL, validOptions } from './options.cts';
import { CRASH, errorOf, expectWhole, recordOf } from './output.cts';
import { EMAIL, USER_IDS } from './values.cts';

/** Waits take no time here; the clock goes on as if they had. */
jest.mock('../../nodes/shared/http/clock', () => {
	const clock = jest.requireActual<typeof import('../../nodes/shared/http/clock')>(
		'../../nodes/shared/http/clock',
	);
	let time = Date.now();
	return {
		...clock,
		now: () => time,
		wait: async (milliseconds: number, signal: AbortSignal | undefined) => {
			clock.throwIfCanceled(signal);
			time += Math.ceil(milliseconds);
			await Promise.resolve();
		},
	};
});

const BASE_URL = 'https://service.example.org';

/** More requests than any run needs: whoever sends more does not come to an end. */
const TOO_MANY = 12_000;

interface Exchange extends Asked {
	facts: Fact[];
	/** Undefined where no answer came. */
	status: number | undefined;
	/** Body of the answer; undefined where none came. */
	text: string | undefined;
}

/** What each outcome has to be founded on. */
const FOUNDATION: Readonly<Record<string, (log: Exchange[]) => boolean>> = {
	deactivated: (log) => isDone(log, 'deactivate', 'deactivated'),
	reactivated: (log) => isDone(log, 'reactivate', 'active'),
	alreadyDeactivated: (log) =>
		log.some(
			(one) => says(one, 'deactivate', 'already', 'deactivated') || one.facts.includes('either'),
		),
	alreadyActive: (log) => log.some((exchange) => says(exchange, 'reactivate', 'already', 'active')),
	notFound: (log) => log.some(({ kind, facts }) => kind === 'find' || facts.includes('nobody')),
	found: (log) => log.some(({ kind }) => kind === 'read'),
	wouldDeactivate: (log) => !log.some(({ kind }) => CHANGING.has(kind)),
	wouldReactivate: (log) => !log.some(({ kind }) => CHANGING.has(kind)),
};

/** Whether the service said yes to the change, or did not say no and was found to have done it. */
function isDone(log: Exchange[], kind: 'deactivate' | 'reactivate', wanted: Fact): boolean {
	const unclear = log.findIndex((one) => one.kind === kind && one.facts.includes('unclear'));
	const after = unclear === -1 ? [] : log.slice(unclear + 1);
	const isMember = ({ kind: asked, facts }: Exchange, fact: Fact) =>
		asked === 'members' && facts.includes(fact);
	const wasMember = log.slice(0, Math.max(unclear, 0)).some((one) => isMember(one, 'active'));
	return (
		(wasMember && after.some((one) => isMember(one, wanted))) ||
		log.some((one) => one.kind === kind && one.facts.includes('done')) ||
		after.some((one) => says(one, kind, 'already', wanted))
	);
}

function says(
	one: Exchange,
	kind: 'deactivate' | 'reactivate',
	change: Fact,
	state: Fact,
): boolean {
	return (
		(one.kind === kind && one.facts.includes(change)) ||
		(one.kind === 'read' && one.facts.includes(state))
	);
}

/** Runs a service that answers by a plan. */
async function run(
	{ service }: (typeof samples)[string],
	given: Plan,
	setting: Pick<Parameters<typeof scriptedRun>[1], 'parameters' | 'items' | 'continueOnFail'>,
) {
	const log: Exchange[] = [];
	const answer = follow(given, (asked) => repliesTo(service.name, asked));
	const answers = (request: Parameters<typeof readRequest>[2]): ScriptedAnswer => {
		if (log.length > TOO_MANY) throw new Error('the node goes on asking');
		const asked = readRequest(service.name, BASE_URL, request);
		const answered = answer(asked);
		const status = 'status' in answered ? answered.status : undefined;
		const text = 'body' in answered ? String(answered.body) : undefined;
		log.push({ ...asked, status, text, facts: factsIn(service.name, asked, status, text) });
		return answered;
	};
	const result = scriptedRun(service, { ...setting, answers });
	return { result, log };
}

/** Checks that whoever must not be deactivated was not, and that nobody else lost a session. */
function expectGuarded(
	service: string,
	log: Exchange[],
	changed: unknown[],
	{ user, userId, options }: { user: unknown; userId: string | undefined; options: object },
): void {
	const { protectedUsers } = options as { protectedUsers?: string | string[] };
	const isById = (user as { mode?: unknown } | undefined)?.mode === 'id';
	const isProtected = (protectedUsers ?? '') === userId;
	const isEmailProtected = PROTECT_EMAIL.some((list) => list === protectedUsers);
	if (isById ? isProtected : isEmailProtected) expect(log).toEqual([]);
	if (isProtected) expect(changed).toEqual([]);
	if (isEmailProtected && changed.length > 0) {
		const reads = log.filter(
			({ kind, status = 0 }) => kind === 'read' && Math.floor(status / 100) === 2,
		);
		expect(reads.every(({ text }) => showsEmail(service, text))).toBe(false);
	}
	for (const { kind, text } of log) {
		if (kind === 'self') expect(changed).not.toContain(ownIdIn(service, text));
	}
	const sessions = log.flatMap(({ kind, text }) =>
		kind === 'listSessions' ? sessionsOf(userId ?? '', text) : [],
	);
	for (const { kind, id } of log) {
		if (kind === 'endSession') expect(sessions).toContain(id);
	}
}

const operations = Object.values(samples).flatMap((sample) =>
	Object.entries(sample.service.operations).map(
		([name, operation]) => [sample.service.displayName, name, { sample, operation }] as const,
	),
);

describe.each(operations)('%s, %s: with any response', (_, name, { sample, operation }) => {
	const { service } = sample;
	const optionNames = Object.keys(operation.options);
	const userId = USER_IDS[service.name as keyof typeof USER_IDS];
	const users = userId === undefined ? [undefined] : [byId(userId), byEmail(EMAIL.toUpperCase())];
	const setting = fc.record({
		user: fc.constantFrom(...users),
		items: fc.constantFrom(1, 1, 1, 2, 5),
		options: validOptions(optionNames),
	});
	const parametersOf = ({ user, options }: { user: unknown; options: object }) => ({
		...PARAMETERS[service.name],
		...(user !== undefined && { userId: user }),
		operation: name,
		options,
	});

	it('gives records that the responses prove, or errors', async () => {
		await holds(300, fc.tuple(plan, setting), async ([given, { user, items, options }]) => {
			const { result, log } = await run(sample, given, {
				parameters: parametersOf({ user, options }),
				items,
				continueOnFail: true,
			});
			const { output } = await result;

			expectWhole(output, items);
			const { dryRun, output: form } = options;
			const mayChange = name !== 'get' && dryRun !== true;
			const changes = log.filter(({ kind }) => CHANGING.has(kind));
			const changed = changes.filter(({ kind }) => kind !== 'endSession').map(({ id }) => id);
			if (!mayChange) expect(changes).toEqual([]);
			if (user === undefined || user.mode === 'id') {
				for (const { id, kind } of log) {
					expect(kind === 'endSession' || id === undefined || id === userId).toBe(true);
				}
			} else if (changes.length > 0) {
				// Who was looked up is the one user who has the address.
				const matches = log.flatMap(({ kind, text = '' }) =>
					kind === 'find' ? idsWithEmail(service.name, text) : [],
				);
				for (const id of changed) expect(matches).toContain(id);
			}
			if (name === 'deactivate') {
				expectGuarded(service.name, log, changed, { user, userId, options });
			}

			for (const item of output) {
				const error = errorOf(service, item);
				if (error) {
					if (log.length === 0) {
						expect(['protectedUser', 'safetyLimit']).toContain(error.details.reason);
					}
					continue;
				}
				if (form === 'raw') continue;
				const record = recordOf(item);
				expect(record.operation).toBe(name);
				const isFounded = FOUNDATION[record.outcome]?.(log) ?? false;
				const isDry = record.outcome.startsWith('would') && dryRun === true;
				expect([record.outcome, isFounded]).toEqual([record.outcome, true]);
				expect(record.outcome.startsWith('would')).toBe(isDry);
				if (record.outcome === 'notFound') {
					expect(options.ifNotFound).toBe('succeed');
					const facts = log.flatMap((one) => one.facts);
					// Nobody is missing whom the credential just can't see.
					expect(facts.includes('seesAll') || service.name === 'aitronos' || !users[0]).toBe(true);
				}
				if (record.verified) {
					const { stateAfter } = record;
					const isRead = log.some(
						({ facts, kind }) => kind === 'read' || kind === 'members' || facts.includes('done'),
					);
					expect(isRead).toBe(true);
					if (stateAfter === 'active' || stateAfter === 'deactivated') {
						expect(log.flatMap(({ facts }) => facts)).toContain(stateAfter);
					}
				}
			}
		});
	});

	it('ends a run that stops on errors with an n8n error that holds no secret', async () => {
		await holds(100, fc.tuple(plan, setting), async ([given, { user, items, options }]) => {
			const { result } = await run(sample, given, {
				parameters: parametersOf({ user, options }),
				items,
			});
			const error: unknown = await result.then(
				() => undefined,
				(thrown: unknown) => thrown,
			);
			if (error === undefined) return;
			expect(error instanceof NodeApiError || error instanceof NodeOperationError).toBe(true);
			const { message } = error as NodeApiError;
			expect(message).toMatch(new RegExp(`^${service.displayName}[: ][^]+$`));
			expect(message).not.toContain(CRASH);
			expect(message).not.toContain("''");
			expect(findSecrets(error, [SECRET])).toEqual([]);
		});
	});
});
