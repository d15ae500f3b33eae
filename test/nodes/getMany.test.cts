import type { IHttpRequestOptions } from 'n8n-workflow';

import { scim } from '../../nodes/Scim/scim';
import { ADA, createApp, KIM } from './Scim/app.cts';
import { scriptedRun, type Script } from './scriptedRun.cts';
import { aworkUser, byId, sampleOf } from './services.cts';

const ok = (body: unknown, headers = {}) => ({ status: 200, body, headers });
const all = { returnAll: true, states: [] };

async function list(name: string, answers: Script, parameters = {}, items = 1) {
	const service = name === 'scim' ? scim : sampleOf(name).service;
	const { output, ...seen } = await scriptedRun(service, {
		parameters: { organizationId: byId('org_1'), operation: 'getAll', ...all, ...parameters },
		...{ answers, items, continueOnFail: true },
	});
	const pairs = output.map(({ pairedItem }) => pairedItem);
	return { rows: output.map(({ json }) => json), pairs, ...seen };
}

const { permissions } = sampleOf('zitadel').users ?? {};
if (!permissions) throw new Error('ZITADEL tells what a credential may do');

const human = (userId: string, state: string) => ({
	userId,
	state: `USER_STATE_${state}`,
	human: {},
});
const zitadel = (result: unknown[]) => [
	ok({ details: { totalResult: String(result.length) }, result }),
	permissions.all,
];

describe('Get Many', () => {
	it('gives each account of ZITADEL in one flat form', async () => {
		const email = { email: 'kim@example.org' };
		const kim = { ...human('1', 'ACTIVE'), human: { email, profile: { displayName: 'Kim' } } };
		const machine = { userId: '2', state: 'USER_STATE_INACTIVE', machine: { name: 'CI' } };
		const neither = { userId: '3', state: 'USER_STATE_NEW' };
		const { rows, pairs, hints } = await list('zitadel', zitadel([kim, machine, neither]));
		const [service, emails] = ['zitadel', ['kim@example.org']];
		const person = { service, userId: '1', ...email, emails, name: 'Kim' };
		expect(rows).toEqual([
			{ ...person, state: 'active', kind: 'person' },
			{
				...{ service, userId: '2', emails: [], name: 'CI' },
				...{ state: 'deactivated', kind: 'serviceAccount' },
			},
			{ service, userId: '3', emails: [], state: 'unknown', kind: 'unknown' },
		]);
		expect(pairs).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
		expect(hints).toEqual([]);
	});

	it('tells the kinds of awork, and takes nobody for deactivated who is only hidden', async () => {
		const people = [{}, { isExternal: true }, { isAgent: true }, { isArchived: true }].map(
			(fields, index) => ({ ...aworkUser, id: `${index}${aworkUser.id.slice(1)}`, ...fields }),
		);
		const may = ok({ userPermission: { isAdmin: true } });
		const { rows } = await list('awork', [ok(people), may]);
		expect(rows.map(({ kind, state }) => [kind, state])).toEqual([
			['person', 'active'],
			['external', 'active'],
			['agent', 'active'],
			['person', 'archived'],
		]);
	});

	it('shows an entry that it can not read, whatever states are asked for', async () => {
		const odd = { userId: 'a@b', note: 'x' };
		const page = zitadel([odd, human('2', 'ACTIVE')]);
		const { rows, hints } = await list('zitadel', page, { states: ['deactivated'] });
		const warning = `This entry of the service can't be read: ${JSON.stringify(odd)}`;
		const unknown = { emails: [], state: 'unknown', kind: 'unknown' };
		expect(rows).toEqual([{ service: 'zitadel', ...unknown, warning }]);
		const hint = "1 entry can't be read. Each is an item with a 'warning' in the output.";
		expect(hints).toEqual([hint]);
	});

	it.each([
		[{ returnAll: false, limit: 3 }, ['u0', 'u1', 'u2'], 1],
		[{ returnAll: false, limit: 150 }, 150, 2],
		[{ states: ['deactivated'] }, 125, 3],
		[{ returnAll: false, limit: 2, states: ['deactivated'] }, ['u1', 'u3'], 1],
		[{ states: ['locked'] }, [], 3],
	])('with %j reads no more pages than it needs', async (wanted, expected, pages) => {
		const app = createApp(
			Array.from({ length: 250 }, (_, index) => ({ id: `u${index}`, active: index % 2 === 0 })),
		);
		const { rows } = await list('scim', app.answer, wanted);
		if (typeof expected === 'number') expect(rows).toHaveLength(expected);
		else expect(rows.map(({ userId }) => userId)).toEqual(expected);
		expect(app.asked).toHaveLength(pages + 1);
	});

	it.each([null, '', [], false, '1e2', -1])(
		'does not take a total of %j for a number: there may be more pages',
		async (total) => {
			const users = (from: number) => [`u${from}`, `u${from + 1}`].map((id) => ({ id }));
			const page = (Resources: object[]) => ok({ totalResults: total, Resources });
			const { rows } = await list('scim', ({ url }: IHttpRequestOptions) => {
				const start = Number(new URL(url).searchParams.get('startIndex'));
				return page(start > 4 ? [] : users(start));
			});
			expect(rows).toHaveLength(4);
		},
	);

	it('fails where the credential can not see everybody, and where nobody is shown', async () => {
		const page = ok({ details: {}, result: [human('1', 'ACTIVE')] });
		const { rows } = await list('zitadel', [page, permissions.none]);
		const error = "ZITADEL: The credential doesn't have permission to list users";
		expect(rows).toMatchObject([{ error, reason: 'forbidden' }]);
		const nobody = await list('scim', createApp([]).answer);
		expect(nobody.rows).toMatchObject([{ reason: 'forbidden', operation: 'getAll' }]);
		const missing = await list('zitadel', [{ status: 404 }, permissions.all]);
		expect(missing.rows).toMatchObject([{ reason: 'unexpectedResponse' }]);
	});

	it.each([
		[{ returnAll: undefined }, "'Return All' has no value"],
		[{ returnAll: false, limit: 0 }, "'Limit' must be at least 1"],
		[{ returnAll: false, limit: '5' }, "'Limit' must be a number of results"],
		[{ states: ['gone'] }, "'States' must be a list of states"],
	])('refuses %j', async (parameters, why) => {
		const { rows } = await list('zitadel', [], parameters);
		expect(rows).toMatchObject([{ error: expect.stringContaining(why) as string }]);
	});

	it('lists an app for each of its items', async () => {
		const { pairs } = await list('scim', createApp([KIM, ADA]).answer, {}, 2);
		expect(pairs).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }]);
	});
});
