import { z } from 'zod';

import type { PathSegment } from '../../../../nodes/shared/model/path';
import type { AccountFacts } from '../../../../nodes/shared/model/record';
import {
	onlyMatch,
	readRows,
	rowKey,
	toAccountPage,
	toCandidates,
	type Row,
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
	const rows: Row[] = readRows([{ id: '1' }, { id: null }, null, { id: '2' }], schema);

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
	const match = (email: string, accounts: AccountFacts[], ...unreadable: string[]) =>
		onlyMatch(email, { accounts, unreadable });

	it('finds the one with exactly this address, which may be a second one', () => {
		const kim = account('2', 'kim@home.example', 'Kim@example.org ');
		expect(match('kim@example.org', [account('1', 'xkim@example.org'), kim])).toBe(kim);
	});

	it('takes a user who is listed twice for one', () => {
		const twice = [account('usr_1', 'kim@example.org'), account('USR_1', 'kim@example.org')];
		expect(match('kim@example.org', twice)).toBe(twice[1]);
	});

	it('finds nobody among those who have no address', () => {
		expect(() => match('kim@example.org', [account('1')], '{"email":"lee@example.org"}')).toThrow(
			expect.objectContaining({ reason: 'notFound' }),
		);
	});

	it('names at most ten of those who share it', () => {
		const many = Array.from({ length: 12 }, (_, index) => account(`u${index}`, 'kim@example.org'));
		expect(() => match('kim@example.org', many)).toThrow(
			expect.objectContaining({
				reason: 'ambiguousUser',
				facts: {
					summary: "12 users have the email 'kim@example.org'",
					advice: 'Choose one of them by ID: u0, u1, u2, u3, u4, u5, u6, u7, u8, u9.',
				},
			}),
		);
	});

	it.each([
		['as it is', 'kim@m\u00FCller.example', '{"mail":"KIM@M\u00DCLLER.example"}'],
		[
			'in the form in which it is compared',
			'kim@m\u00FCller.example',
			'["kim@xn--mller-kva.example"]',
		],
	])('fails if an entry that cannot be read mentions the address %s', (_, email, json) => {
		expect(() => match(email, [account('1', email)], '{}', json)).toThrow(
			expect.objectContaining({
				reason: 'unexpectedResponse',
				facts: {
					summary: `The service's entry for the email '${email}' can't be read`,
					advice: 'Choose the user by ID.',
				},
			}),
		);
	});
});
