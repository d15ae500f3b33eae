import type { IHttpRequestOptions } from 'n8n-workflow';

import { offboard } from '../../../nodes/OffboardUser/execute';
import { nameFor } from '../../../nodes/OffboardUser/names';
import { inFakeTime } from '../fakeTime.cts';
import { schemaProblems } from '../record.cts';
import { EMAIL as KIM } from '../sample.cts';
import {
	scriptedExecution,
	SECRET,
	type ScriptedAnswer,
	type ScriptedRun,
} from '../scriptedRun.cts';
import { byId, lookUpRefused, sampleOf, samples, says, zitadelMe } from '../services.cts';

const NODE = { name: 'offboardUser', displayName: 'Offboard User' };
const SAM = 'sam.roe@example.org';
const ADA = 'ada.may@example.org';

const gone = { status: 200, body: { status: 'success', message: 'User deactivated' } };

/** At Langdock and Odeus, where one request is all there is to it, unless told otherwise. */
async function run(facts: Partial<ScriptedRun> = {}) {
	const { outputs, requests, hints } = await scriptedExecution(
		NODE,
		{
			answers: () => gone,
			continueOnFail: true,
			...facts,
			parameters: { email: KIM, services: ['langdock', 'odeus'], ...facts.parameters },
		},
		offboard,
	);
	expect(outputs).toHaveLength(1);
	const [items = []] = outputs;
	const people = items.map(({ json }) => json);
	const { operation = 'deactivate' } = facts.parameters ?? {};
	if (operation !== 'remove') {
		const problems = people.map((json) => schemaProblems('OffboardUser', String(operation), json));
		expect(problems.flat()).toEqual([]);
	}
	return { people, items, requests, hints };
}

/** Each person's options, such as the services that are theirs. */
const only = (...services: unknown[]) =>
	services.map((onlyTheseServices) => ({ onlyTheseServices, maxRetries: 0, parallelRequests: 1 }));

/** Answers no request before there have been so many. */
function onceAsked(count: number): () => Promise<ScriptedAnswer> {
	let askAll = (): void => undefined;
	const allAsked = new Promise<void>((resolve) => (askAll = resolve));
	let asked = 0;
	return async () => {
		asked += 1;
		if (asked === count) askAll();
		await allAsked;
		return gone;
	};
}

it.each(Object.values(samples))(
	'names the user by email at $service.displayName, and its fields by their names here',
	async ({ service, parameters, once, success, users }) => {
		const fields = Object.entries(parameters)
			.filter(([name]) => name !== 'userId' && name !== 'email')
			.map(([name, value]) => [nameFor(service, name), value] as const);
		const [{ authentication } = {}] = service.credentials;
		const { people } = await run({
			parameters: {
				...Object.fromEntries(fields),
				services: [service.name],
				[nameFor(service, 'authentication')]: authentication,
			},
			answers: [
				...(users ? [users.found([users.userId, KIM])] : []),
				...once,
				...(users ? [users.user('active')] : []),
				success,
			],
		});
		expect(people).toMatchObject([{ complete: true, [service.name]: 'deactivated' }]);
	},
);

it('says above the output how many people are complete', async () => {
	const answers: ScriptedRun['answers'] = ({ body }) =>
		String(body).includes(SAM) ? { status: 403 } : gone;
	const { hints } = await run({ parameters: { email: [KIM, SAM] }, items: 2, answers });
	expect(hints[0]).toBe('1 person complete, 1 failed.');
	const options = { dryRun: true };
	const dry = await run({ parameters: { options }, answers: () => lookUpRefused });
	expect(dry.hints).toEqual(["'Dry Run' is on: nothing was changed."]);
});

describe('values that cannot be used', () => {
	it.each<[string, Record<string, unknown>, string]>([
		['no service', { services: [] }, "'Services' is empty: choose at least one service."],
		['an unknown service', { services: ['slack'] }, "'Services' must be a list of services"],
		['an expression', { services: '={{ $json }}' }, "'Services' must be a list of services"],
		['no services at all', { services: undefined }, "'Services' has no value"],
		['an address', { email: 'nobody' }, "nobody was not deactivated: 'Email' is not an email"],
		['no address', { email: '' }, "'Email' is empty."],
		['an operation', { operation: 'remove' }, `${KIM} was not processed: Unknown operation.`],
		['an option', { options: { verify: 'no' } }, `${KIM} was not deactivated: 'Verify' must be`],
		['all options', { options: 'none' }, `${KIM} was not deactivated: 'Options' must be`],
		...[
			...['slack', ['awork'], ['odeus', 7], ['odeus', ''], 'langdock,,odeus', [], ' ', 7],
			...[undefined, null, {}],
		].map((onlyTheseServices): [string, Record<string, unknown>, string] => [
			`the services ${JSON.stringify(onlyTheseServices)}`,
			{ options: { onlyTheseServices } },
			`${KIM} was not deactivated: 'Only These Services' `,
		]),
	])('are said once, and nothing is sent: %s', async (_, parameters, summary) => {
		const { people, requests } = await run({ parameters });
		expect(requests).toEqual([]);
		expect(people).toEqual([
			expect.objectContaining({
				complete: false,
				summary: says(summary),
				reason: 'invalidInput',
				error: people[0]?.summary,
			}),
		]);
		expect(JSON.stringify(people[0]?.services)).not.toContain('message');
	});
});

it('asks only the services of each person, by any of their names', async () => {
	const { people } = await run({
		items: 3,
		parameters: { email: [KIM, SAM, ADA], options: only(['odeus'], 'ODEUS, Langdock', 'langdock') },
	});
	expect(people.map(({ langdock, odeus }) => [langdock, odeus])).toEqual([
		[undefined, 'deactivated'],
		['deactivated', 'deactivated'],
		['deactivated', undefined],
	]);
});

it('says of a service without the operation that it was not asked', async () => {
	const { people, requests } = await run({
		items: 2,
		parameters: { operation: 'get', email: [KIM, ''] },
	});
	expect(requests).toEqual([]);
	expect(people).toMatchObject([
		{ complete: false, langdock: 'notAsked', odeus: 'notAsked' },
		{ error: "'Email' is empty." },
	]);
	expect(people[0]).not.toHaveProperty('error');
});

describe('an answer that could also mean a mistyped email', () => {
	const unknown = { status: 404, body: { message: 'User not found or not an active member' } };
	const { users } = sampleOf('zitadel');
	const at = (services: string[], zitadelKnows: boolean, options = {}) => ({
		parameters: { services, zitadelAuthentication: 'personalAccessToken', options },
		answers: ({ url }: IHttpRequestOptions): ScriptedAnswer => {
			if (url.includes('/billing/')) return { status: 200, body: { users: [] } };
			if (url.endsWith('/users/me')) return zitadelMe;
			if (!users || url.includes('deactivate-user')) return unknown;
			if (url.endsWith('/v2/users')) {
				return zitadelKnows ? users.found([users.userId, KIM]) : users.found();
			}
			return url.includes('/permissions')
				? { status: 200, body: { result: ['user.read'] } }
				: users.user('deactivated');
		},
	});

	it('counts if another service knows the address', async () => {
		const { people } = await run(at(['langdock', 'zitadel'], true));
		expect(people).toMatchObject([
			{ complete: true, langdock: 'alreadyDeactivated', zitadel: 'alreadyDeactivated' },
		]);
	});

	it.each([{}, { ifNotFound: 'succeed' }, { dryRun: true, ifNotFound: 'succeed' }])(
		'is said once if it cannot be told apart: %j',
		async (options) => {
			const { people } = await run(at(['langdock', 'odeus'], false, options));
			expect(people).toMatchObject([
				{
					error: `${KIM} was not deactivated: No active member has the email '${KIM}', which is deactivated already or mistyped.`,
					reason: 'notFound',
					description: says("Langdock and Odeus can't tell the two apart. Choose another"),
					services: [{ reason: 'notFound', item: 0 }, { reason: 'notFound' }],
				},
			]);
		},
	);

	it.each([{}, { ifNotFound: 'succeed' }])(
		'is said once if nobody knows it: %j',
		async (options) => {
			const { people } = await run(at(['langdock', 'zitadel'], false, options));
			expect(people).toMatchObject([
				{ error: `${KIM} was not deactivated: No service knows the email '${KIM}'. Is it right?` },
			]);
		},
	);

	it('waits for those that failed', async () => {
		const { answers, parameters } = at(['langdock', 'zitadel'], true);
		const { people } = await run({
			parameters,
			answers: (request) => (request.url.includes('/v2/') ? { status: 503 } : answers(request)),
		});
		expect(people).toMatchObject([{ error: says('No service could confirm the email') }]);
	});

	it('is told with what is not known of an earlier request', async () => {
		const answers = [lookUpRefused, { status: 503 }, unknown];
		const parameters = { services: ['langdock'], options: { maxRetries: 1 } };
		const { people } = await inFakeTime(async () => await run({ parameters, answers }));
		expect(people[0]?.summary).toContain(`${KIM} may have been deactivated: `);
		expect(people[0]?.description).toMatch(
			/^An earlier request got no valid response.*It isn't known whether the user was changed\./,
		);
	});
});

describe('Safety Limit', () => {
	// Aitronos refuses this organization.
	it.each(['langdock', 'aitronos'])('counts people of all services together: %s', async (first) => {
		const services = [first, 'odeus'];
		const options = only(...services).map((one) => ({ ...one, safetyLimit: 1 }));
		const email = [KIM, SAM];
		const { people, requests } = await run({
			items: 2,
			parameters: { email, services, aitronosOrganizationId: byId('acme'), options },
		});
		expect(requests).toEqual([]);
		expect(people).toMatchObject([{ complete: false }, { reason: 'safetyLimit' }]);
	});

	it('counts over all rounds of a loop', async () => {
		const store = {};
		const round = async (email: string) =>
			(await run({ parameters: { email, options: { safetyLimit: 1 } }, store })).people[0]?.reason;
		expect(await round(KIM)).toBeUndefined();
		expect(await round(KIM)).toBeUndefined();
		expect(await round(SAM)).toBe('safetyLimit');
	});

	it('counts nobody twice, and nobody to whom nothing happens', async () => {
		const options = only('langdock', ['langdock', 'odeus'], 'slack', 'langdock');
		const { people } = await run({
			items: 4,
			parameters: {
				email: [KIM, KIM.toUpperCase(), SAM, 'nobody'],
				options: options.map((one) => ({ ...one, safetyLimit: 1 })),
			},
		});
		expect(people.map(({ complete }) => complete)).toEqual([true, true, false, false]);
	});
});

it('works on as many people at a time as it says for the first who is worked on', async () => {
	const { people } = await run({
		items: 3,
		parameters: {
			email: [KIM, SAM, ADA],
			services: ['odeus'],
			options: only('langdock', 'odeus', 'odeus').map((one) => ({ ...one, parallelRequests: 2 })),
		},
		answers: onceAsked(2),
	});
	expect(people.map(({ complete }) => complete)).toEqual([false, true, true]);
});

it('does its work at all services at the same time', async () => {
	const { people } = await run({ answers: onceAsked(2) });
	expect(people).toMatchObject([{ complete: true }]);
});

describe('what comes out', () => {
	const someFail = {
		items: 3,
		parameters: { email: [KIM, 'nobody', SAM] },
		answers: ({ body }: IHttpRequestOptions) =>
			String(body).includes(SAM) ? { status: 401 } : gone,
	};
	const failing = `Langdock and Odeus failed for ${SAM}: the credential was rejected.`;

	it('is an error that says who is done and who is not', async () => {
		await expect(run({ ...someFail, continueOnFail: false })).rejects.toMatchObject({
			message: `Not finished: 2 of 3 people. nobody was not deactivated: 'Email' is not an email address. ${failing} Finished: ${KIM}.`,
			description: expect.stringMatching(/example: kim.*Langdock: Check the.*Odeus: /) as string,
			context: { itemIndex: 1 },
		});
		const alone = { continueOnFail: false, answers: () => ({ status: 401 }) };
		await expect(run(alone)).rejects.toMatchObject({
			message: `Langdock and Odeus failed for ${KIM}: the credential was rejected.`,
		});
	});

	it('names at most ten people in a message, and all below it', async () => {
		const email = Array.from({ length: 12 }, (_, index) => `p${index}@example.org`);
		const many = { items: 12, parameters: { email, options: { safetyLimit: 1 } } };
		await expect(run({ ...many, continueOnFail: false })).rejects.toMatchObject({
			message: expect.stringMatching(/p9@.*And 2 more\.$/) as string,
			description: says('p11@example.org was not deactivated'),
		});
	});

	it('keeps the word from which n8n tells that somebody stopped the execution', async () => {
		const signal = AbortSignal.abort();
		await expect(run({ continueOnFail: false, signal })).rejects.toMatchObject({
			message: `Langdock and Odeus failed for ${KIM}: the execution was canceled.`,
		});
	});

	it.each([2, 3] as const)('is all there for a model (AI Agent %s)', async (asToolOf) => {
		const tool = { ...someFail, asToolOf, continueOnFail: false };
		const { people } = await run({ ...tool, onError: 'continueErrorOutput' });
		expect(people).toMatchObject([{ complete: true }, { email: 'nobody' }, { error: failing }]);
	});

	it('is nothing for nothing', async () => {
		expect(await run({ items: 0, parameters: { services: [] } })).toMatchObject({ items: [] });
	});

	it('holds no secret, whatever a service answers', async () => {
		const body = { message: `the key ${SECRET} is wrong`, [SECRET]: SECRET };
		const { items } = await run({ answers: () => ({ status: 401, body }) });
		expect(JSON.stringify(items)).toContain('is wrong');
		expect(JSON.stringify(items)).not.toContain(SECRET);
	});
});

it('reads what is the same for all once, and each person once for all services', async () => {
	const reads: string[] = [];
	const email = Array(50).fill(KIM);
	await run({ items: 50, parameters: { email }, read: (name) => reads.push(name) });
	const times = (name: string) => reads.filter((read) => read === name).length;
	expect(times('options')).toBeLessThan(5);
	expect(times('email')).toBe(50);
});
