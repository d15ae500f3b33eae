import { bearer, send } from './client.cts';
import { SEED, STAFF, startLangdock, UNKNOWN_EMAIL, UNREACHABLE_EMAIL } from './index.cts';
import type { LangdockOptions, LangdockSimulator } from './index.cts';

const PATH = '/user-management/v1/invite';

describe.each(['langdock', 'odeus'] as const)('%s invite', (name) => {
	const { secrets } = SEED[name];
	let simulator: LangdockSimulator;

	const start = async (options: LangdockOptions = {}) => {
		simulator = await startLangdock(name, options);
	};
	const invite = (users: unknown, key: string = secrets.valid) =>
		send(simulator.baseUrl, { method: 'POST', path: PATH, headers: bearer(key), json: { users } });
	const answer = (successfulInvites: string[], invalidEmails: string[] = []) => ({
		status: 'success',
		message: 'Invitations processed',
		successfulInvites,
		invalidEmails,
	});
	const gone = STAFF.deactivated.email;

	afterEach(() => simulator.close());

	it.each([
		['a stranger', UNKNOWN_EMAIL, {}, 'invited'],
		['a deactivated person', gone, {}, 'invited'],
		['a deactivated person, active at once', gone, { returningAs: 'active' } as const, 'active'],
		[
			'a stranger, who is never active at once',
			UNKNOWN_EMAIL,
			{ returningAs: 'active' } as const,
			'invited',
		],
		['an invitee again', STAFF.invitee.email, {}, 'invited'],
	])('invites %s', async (_case, email, options, state) => {
		await start(options);
		const received = await invite([{ email, role: 'editor' }]);
		expect(received.status).toBe(200);
		expect(received.body).toEqual(answer([email]));
		expect(simulator.account(email)?.state).toBe(state);
		expect(simulator.roleOf(email)).toBe('editor');
		expect(simulator.invitationMails()).toEqual([email]);
		expect(simulator.violations).toEqual([]);
		simulator.reset();
		expect(simulator.invitationMails()).toEqual([]);
		expect(simulator.roleOf(gone)).toBe('member');
	});

	it('makes somebody a member unless told', async () => {
		await start();
		await invite([{ email: UNKNOWN_EMAIL }]);
		expect(simulator.roleOf(UNKNOWN_EMAIL)).toBe('member');
	});

	it.each([
		['leftOut', []],
		['listed', [STAFF.leaver.email]],
	] as const)('skips a member, who can be %s', async (skippedMembers, named) => {
		await start({ skippedMembers });
		const { status, body } = await invite([{ email: STAFF.leaver.email, role: 'admin' }]);
		expect({ status, body }).toEqual({ status: 200, body: answer([...named]) });
		expect(simulator.roleOf(STAFF.leaver.email)).toBe('member');
		expect(simulator.invitationMails()).toEqual([]);
	});

	it('names in a 200 whom it could not invite', async () => {
		await start();
		const { status, body } = await invite([{ email: UNREACHABLE_EMAIL }, { email: gone }]);
		expect({ status, body }).toEqual({ status: 200, body: answer([gone], [UNREACHABLE_EMAIL]) });
		expect(simulator.account(UNREACHABLE_EMAIL)).toBeUndefined();
		expect(simulator.invitationMails()).toEqual([gone]);
	});

	it.each([
		['ignored', 1],
		['exact', 2],
	] as const)('takes the case of the address as %s', async (emailCase, count) => {
		await start({ emailCase });
		await invite([{ email: 'Pat.Past@Example.org' }]);
		const same = simulator.accounts().filter(({ email }) => email?.toLowerCase() === gone);
		expect(same).toHaveLength(count);
	});

	it.each([
		[
			'an unknown role',
			[{ email: gone, role: 'owner' }],
			'invalid_enum_value',
			['users', 0, 'role'],
		],
		[
			'a role in capitals',
			[{ email: gone, role: 'ADMIN' }],
			'invalid_enum_value',
			['users', 0, 'role'],
		],
		['nobody', [], 'too_small', ['users']],
		['no list', undefined, 'invalid_type', ['users']],
		['an address that is none', [{ email: 'pat' }], 'invalid_string', ['users', 0, 'email']],
		['an unknown field', [{ email: gone, name: 'Pat' }], 'unrecognized_keys', ['users', 0]],
	])('refuses and records %s', async (_case, users, code, path) => {
		await start();
		expect(await invite(users)).toMatchObject({
			status: 400,
			body: { message: 'Invalid request body', errors: [{ code, path }] },
		});
		expect(simulator.violations).toHaveLength(1);
		expect(simulator.invitationMails()).toEqual([]);
	});

	it.each([
		['unknown', 'sk-ld-unknown', 401],
		['of a creator who is gone', secrets.creatorGone, 401],
		['without the scope', secrets.withoutPermission, 403],
	])('refuses a key: %s', async (_case, key, status) => {
		await start();
		const received = await invite([{ email: gone }], key);
		expect(received).toMatchObject({ status, body: { message: expect.any(String) } });
		expect(simulator.account(gone)?.state).toBe('deactivated');
	});
});
