import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { offboard } from '../../../nodes/OffboardUser/execute';
import { nameFor } from '../../../nodes/OffboardUser/names';
import { SERVICES } from '../../../nodes/OffboardUser/services';
import { inFakeTime } from '../fakeTime.cts';
import { EMAIL } from '../sample.cts';
import {
	scriptedExecution,
	SECRET,
	type ScriptedAnswer,
	type ScriptedRun,
} from '../scriptedRun.cts';
import { lookUpRefused, sampleOf, samples, zitadelMe } from '../services.cts';

const NODE = { name: 'offboardUser', displayName: 'Offboard User' };
const KIM = EMAIL;
const SAM = 'sam.roe@example.org';
const ADA = 'ada.may@example.org';

const gone = { status: 200, body: { status: 'success', message: 'User deactivated' } };

const OFF = Object.fromEntries(SERVICES.map(({ service }) => [service.name, false]));

/** At Langdock and Odeus, where one request is all there is to it. */
async function run(facts: Partial<ScriptedRun> = {}) {
	return await scriptedExecution(
		NODE,
		{
			answers: () => gone,
			...facts,
			parameters: { ...OFF, email: KIM, langdock: true, odeus: true, ...facts.parameters },
		},
		offboard,
	);
}

const emails = (items: ReadonlyArray<{ json: IDataObject }> = []) =>
	items.map(({ json }) => json.email);

/** What came of each service, for each person of an output. */
const outcomes = (items: ReadonlyArray<{ json: IDataObject }> = []) =>
	items.map(({ json }) =>
		(json.services as IDataObject[]).map(({ service, outcome, reason }) => [
			service,
			reason ?? outcome,
		]),
	);

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

const isAbout = (email: string, { body }: { body?: unknown }) => String(body).includes(email);

describe.each(Object.values(samples))(
	'at $service.displayName',
	({ service, parameters, once, success, users }) => {
		it('names the user by email, and the fields of the service by their names here', async () => {
			const fields = Object.entries(parameters)
				.filter(([name]) => name !== 'userId' && name !== 'email')
				.map(([name, value]) => [nameFor(service, name), value] as const);
			const [{ authentication } = {}] = service.credentials;
			const { outputs } = await scriptedExecution(
				NODE,
				{
					parameters: {
						...OFF,
						...Object.fromEntries(fields),
						email: EMAIL,
						[service.name]: true,
						[nameFor(service, 'authentication')]: authentication,
					},
					answers: [
						...(users ? [users.found([users.userId, EMAIL])] : []),
						...once,
						...(users ? [users.user('active')] : []),
						success,
					],
				},
				offboard,
			);
			expect(outputs.map(outcomes)).toEqual([[[[service.name, 'deactivated']]], []]);
		});
	},
);

it('puts each person out once, with its input', async () => {
	const { outputs } = await run({
		items: 4,
		parameters: {
			email: [KIM, 'nobody', SAM, ADA],
			langdock: [true, true, false, false],
			odeus: [true, true, true, false],
		},
		answers: (request) => (isAbout(SAM, request) ? { status: 400 } : gone),
	});
	expect(outputs.map(emails)).toEqual([[KIM], [undefined, SAM, ADA]]);
	expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([
		[{ item: 0 }],
		[{ item: 1 }, { item: 2 }, { item: 3 }],
	]);
	expect(outputs.map(outcomes)).toEqual([
		[
			[
				['langdock', 'deactivated'],
				['odeus', 'deactivated'],
			],
		],
		[
			[
				['langdock', 'invalidInput'],
				['odeus', 'invalidInput'],
			],
			[['odeus', 'unexpectedResponse']],
			[],
		],
	]);
});

it('says of an address that cannot be used what is wrong with it', async () => {
	const { outputs, requests } = await run({ parameters: { email: 'nobody' } });
	expect(requests).toEqual([]);
	const [, [person] = []] = outputs;
	for (const { message } of person?.json.services as IDataObject[]) {
		expect(message).toMatch(/'Email' is not an email address$/);
	}
});

it('does nothing where it cannot be told whether a service is turned on', async () => {
	const { outputs, requests } = await run({ parameters: { langdock: 'yes', odeus: false } });
	expect(requests).toEqual([]);
	const [, [person] = []] = outputs;
	expect(person?.json).toMatchObject({
		email: KIM,
		services: [
			{
				reason: 'invalidInput',
				message: "Langdock: 'Langdock' must be true or false",
			},
		],
	});
});

it('says of a service without the operation that it was not asked', async () => {
	const { outputs, requests } = await run({ parameters: { operation: 'get' } });
	expect(requests).toEqual([]);
	expect(outputs.map(outcomes)).toEqual([
		[],
		[
			[
				['langdock', 'notAsked'],
				['odeus', 'notAsked'],
			],
		],
	]);
});

it('refuses an address that cannot be used at services that are not asked, too', async () => {
	const { outputs } = await run({
		parameters: { operation: 'get', email: 'nobody', odeus: false },
	});
	expect(outputs.map(outcomes)).toEqual([[], [[['langdock', 'invalidInput']]]]);
});

describe('an answer that could also mean a mistyped email', () => {
	const unknown = { status: 404, body: { message: 'User not found or not an active member' } };
	const { users } = sampleOf('zitadel');
	const atZitadel = ({ url }: IHttpRequestOptions) => {
		if (url.endsWith('/users/me')) return zitadelMe;
		if (url.endsWith('/v2/users')) return users?.found([users.userId, KIM]) ?? unknown;
		return url.includes('/v2/users/') && users ? users.user('deactivated') : unknown;
	};

	it.each([{}, { ifNotFound: 'succeed' }, { dryRun: true, ifNotFound: 'succeed' }])(
		'is a failure if no service knows it: %j',
		async (options) => {
			const { outputs } = await run({
				parameters: { odeus: false, options },
				answers: ({ url }) =>
					url.includes('/billing/') ? { status: 200, body: { users: [] } } : unknown,
			});
			const message = `Langdock: No service knows the email '${KIM}'. Is it right?`;
			const expected = { services: [{ reason: 'notFound', message, email: KIM, item: 0 }] };
			expect(outputs.map((items) => items.map(({ json }) => json))).toMatchObject([[], [expected]]);
		},
	);

	it('is told with what is not known of an earlier request', async () => {
		const answers = [lookUpRefused, { status: 503 }, unknown];
		const { outputs } = await inFakeTime(
			async () => await run({ parameters: { odeus: false, options: { maxRetries: 1 } }, answers }),
		);
		const [{ description } = {}] = outputs[1]?.[0]?.json.services as IDataObject[];
		expect(description).toMatch(/^An earlier request got no valid response/);
		expect(description).toContain("It isn't known whether the user was changed.");
	});

	it('counts if another service knows the address', async () => {
		const { outputs } = await run({
			parameters: {
				odeus: false,
				zitadel: true,
				zitadelAuthentication: 'personalAccessToken',
			},
			answers: atZitadel,
		});
		expect(outputs.map(outcomes)).toEqual([
			[
				[
					['langdock', 'alreadyDeactivated'],
					['zitadel', 'alreadyDeactivated'],
				],
			],
			[],
		]);
	});
});

describe('Safety Limit', () => {
	const limited = { options: { safetyLimit: 1 } };

	it('counts the people of all services together', async () => {
		const { outputs, requests } = await run({
			items: 2,
			parameters: { email: [KIM, SAM], langdock: [true, false], odeus: [false, true], ...limited },
		});
		expect(requests).toEqual([]);
		expect(outputs.map(outcomes)).toEqual([
			[],
			[[['langdock', 'safetyLimit']], [['odeus', 'safetyLimit']]],
		]);
	});

	it('counts over all rounds of a loop', async () => {
		const store = {};
		const round = async (email: string) =>
			(await run({ parameters: { email, ...limited }, store })).outputs.map(emails);
		expect(await round(KIM)).toEqual([[KIM], []]);
		expect(await round(KIM)).toEqual([[KIM], []]);
		expect(await round(SAM)).toEqual([[], [SAM]]);
	});

	it('counts nobody twice, and nobody to whom nothing happens', async () => {
		const { outputs } = await run({
			items: 4,
			parameters: {
				email: [KIM, KIM.toUpperCase(), SAM, 'nobody'],
				langdock: [true, true, false, true],
				odeus: [true, false, false, false],
				...limited,
			},
		});
		expect(outputs.map((items) => items.length)).toEqual([2, 2]);
	});
});

it('works on as many people at a time as it says for the first who is worked on', async () => {
	const { outputs } = await run({
		items: 3,
		parameters: {
			email: [KIM, SAM, ADA],
			langdock: [false, true, true],
			odeus: false,
			options: { parallelRequests: 2 },
		},
		answers: onceAsked(2),
	});
	expect(emails(outputs[0])).toEqual([SAM, ADA]);
});

describe('without any service', () => {
	const nothing = { items: 2, parameters: { langdock: false, odeus: [false, false] } };

	it('stops, and says what to do', async () => {
		await expect(run(nothing)).rejects.toMatchObject({
			message: expect.stringContaining('No service is turned on') as string,
			description: expect.stringContaining('Turn on at least one') as string,
			context: { itemIndex: 0 },
		});
	});

	it('loses no item if it shall go on', async () => {
		const { outputs } = await run({ ...nothing, continueOnFail: true });
		expect(outputs).toEqual([
			[],
			[0, 1].map((item) =>
				expect.objectContaining({
					json: expect.objectContaining({
						error: expect.stringContaining('No service is turned on') as string,
						details: expect.objectContaining({ reason: 'invalidInput', item }) as object,
					}) as object,
					pairedItem: { item },
				}),
			),
		]);
	});
});

describe.each([2, 3] as const)('as a tool of an AI Agent of version %s', (asToolOf) => {
	it('hands everybody on at the one output that a model gets to read', async () => {
		const { outputs } = await run({
			asToolOf,
			items: 2,
			parameters: { email: [KIM, SAM] },
			answers: ({ body }) => (String(body).includes(SAM) ? { status: 500 } : gone),
		});
		expect(outputs.map(emails)).toEqual([[KIM, SAM]]);
		expect(outputs[0]?.map(({ json }) => json.complete)).toEqual([true, false]);
	});

	it('does not throw where nothing is turned on', async () => {
		const { outputs } = await run({ asToolOf, parameters: { langdock: false, odeus: false } });
		expect(outputs).toMatchObject([
			[{ json: { error: expect.stringContaining('No service is turned on') as string } }],
		]);
	});
});

it('does its work at all services at the same time', async () => {
	const { outputs } = await run({
		answers: onceAsked(2),
	});
	expect(emails(outputs[0])).toEqual([KIM]);
});

it('says what was done, and when the run began and was over at all services', async () => {
	const began = Date.now();
	const { outputs } = await run();
	const { operation, startedAt, finishedAt } = outputs[0]?.[0]?.json ?? {};
	expect(operation).toBe('deactivate');
	const times = [startedAt, finishedAt].map((time) => Date.parse(String(time)));
	const inOrder = [began, ...times, Date.now()];
	expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
});

it('reads what is the same for all once, and each person once for all services', async () => {
	const reads: string[] = [];
	await run({
		items: 50,
		parameters: { email: Array(50).fill(KIM) },
		read: (name) => reads.push(name),
	});
	const times = (name: string) => reads.filter((read) => read === name).length;
	expect(times('langdock')).toBe(1);
	expect(times('email')).toBe(50);
});

it('says nothing secret, whatever a service answers', async () => {
	const { outputs } = await run({
		answers: () => ({
			status: 401,
			body: { message: `the key ${SECRET} is wrong`, [SECRET]: SECRET },
		}),
		parameters: { options: { ifNotFound: 'succeed' } },
	});
	expect(outputs.map((items) => items.length)).toEqual([0, 1]);
	expect(JSON.stringify(outputs)).not.toContain(SECRET);
});

it('puts nothing out for nothing', async () => {
	const { outputs, requests } = await run({ items: 0 });
	expect(outputs).toEqual([[], []]);
	expect(requests).toEqual([]);
});
