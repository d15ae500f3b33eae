import { z } from 'zod';

import type { PathSegment } from '../../../../nodes/shared/model/path';
import type { AccountFacts } from '../../../../nodes/shared/model/record';
import {
	onlyMatch,
	readRows,
	rowKey,
	toAccountPage,
	toCandidates,
} from '../../../../nodes/shared/users/directory';

const account = (id: string, ...emails: string[]): AccountFacts => ({
	userId: id as PathSegment,
	emails,
	name: undefined,
	state: 'active',
});

const schema = z.object({ id: z.string() }).transform(({ id }) => account(id));
const odd = { json: '{"id":null}' };

describe('rows of a list', () => {
	const rows = readRows([{ id: '1' }, { id: null }, null, { id: '2' }], schema);

	it('are read one by one, so that an odd one spoils no other', () => {
		expect(rows).toEqual([account('1'), odd, { json: 'null' }, account('2')]);
		expect(toCandidates(rows)).toEqual({
			accounts: [account('1'), account('2')],
			unreadable: [odd.json, 'null'],
		});
	});

	it('are told apart by ID without case, or by their JSON', () => {
		expect([account('USR_1'), odd].map(rowKey)).toEqual(['usr_1', odd.json]);
	});

	it('are shown in the editor if they can be read, with the next page', () => {
		expect(toAccountPage({ entries: rows, next: 100 })).toEqual({
			accounts: [account('1'), account('2')],
			nextPage: '100',
		});
		expect(toAccountPage({ entries: [] })).toEqual({ accounts: [], nextPage: undefined });
	});
});

describe('onlyMatch', () => {
	const EMAIL = 'kim@example.org';
	const match = (accounts: AccountFacts[], unreadable: string[] = [], email = EMAIL) =>
		onlyMatch({ by: 'email', name: email }, { accounts, unreadable });
	const kim = account('2', 'kim@home.example', 'Kim@example.org ');

	it('finds the one with exactly this address, which may be a second one', () => {
		expect(match([account('1', `x${EMAIL}`), kim])).toBe(kim);
	});

	it('takes a user who is listed twice for one', () => {
		const twice = [account('usr_1', EMAIL), account('USR_1', EMAIL)];
		expect(match(twice)).toBe(twice[1]);
	});

	const failure = (reason: string, facts = {}) =>
		expect.objectContaining({ reason, facts }) as Error;

	it('finds nobody among those who have no address', () => {
		const others = ['{"email":"lee@example.org"}'];
		expect(() => match([account('1')], others)).toThrow(failure('notFound'));
	});

	it('names at most ten of those who share it', () => {
		const many = Array.from({ length: 12 }, (_, index) => account(`u${index}`, EMAIL));
		const summary = `12 users have the email '${EMAIL}'`;
		const advice = 'Choose one of them by ID: u0, u1, u2, u3, u4, u5, u6, u7, u8, u9.';
		expect(() => match(many)).toThrow(failure('ambiguousUser', { summary, advice }));
	});

	it.each(['{"mail":"KIM@M\u00DCLLER.example"}', '["kim@xn--mller-kva.example"]'])(
		'fails if an entry that cannot be read mentions the address: %s',
		(json) => {
			const email = 'kim@m\u00FCller.example';
			const summary = `The service's entry for the email '${email}' can't be read`;
			const facts = { summary, advice: 'Choose the user by ID.' };
			const find = () => match([account('1', email)], ['{}', json], email);
			expect(find).toThrow(failure('unexpectedResponse', facts));
		},
	);
});
