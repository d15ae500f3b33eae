import {
	countAccounts,
	exceedsLimit,
	overLimit,
	refuseProtected,
} from '../../../../nodes/shared/users/guards';
import { offer, readOptions } from '../../../../nodes/shared/parameters/options';

const optionsWith = (options: object) =>
	readOptions(offer(['protectedUsers', 'safetyLimit']), () => options);

describe('protected users', () => {
	const options = optionsWith({ protectedUsers: 'boss@example.org, 42' });

	it.each([
		['an address', { emails: ['kim@example.org', ' Boss@Example.org'] }],
		['the ID', { userId: '42', emails: [] }],
	])('are known by %s', (_, user) => {
		expect(() => refuseProtected(user, options)).toThrow(
			expect.objectContaining({ reason: 'protectedUser' }),
		);
	});

	it('are named as they were found', () => {
		expect(() => refuseProtected({ userId: '42', emails: ['a@x', 'b@x'] }, options)).toThrow(
			expect.objectContaining({ facts: { account: { userId: '42', email: 'a@x' } } }),
		);
	});

	it.each([{ emails: [] }, { userId: '4', emails: ['oss@example.org'] }])(
		'are not confused with %j',
		(user) => {
			expect(() => refuseProtected(user, options)).not.toThrow();
		},
	);
});

describe('the safety limit', () => {
	it('counts an account that is given twice once', () => {
		const accounts = [
			{ email: 'kim@example.org' },
			{ email: 'KIM@example.org' },
			{ userId: '42' },
			{ userId: '42', email: 'lee@example.org' },
			{ userId: 'a' },
			{ userId: 'A' },
		];
		expect(countAccounts(accounts)).toBe(4);
	});

	it.each([
		[0, 1000, false],
		[5, 5, false],
		[5, 6, true],
	])('of %i lets %i pass, or not', (safetyLimit, count, isTooMany) => {
		expect(exceedsLimit(count, optionsWith({ safetyLimit }))).toBe(isTooMany);
	});

	it('says how many there are, and how many may be', () => {
		expect(overLimit(6, optionsWith({ safetyLimit: 5 }))).toBe(
			"This run is about 6 users, and 'Safety Limit' allows 5",
		);
	});
});
