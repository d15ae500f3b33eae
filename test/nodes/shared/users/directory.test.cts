import { onlyMatch, sameEmail } from '../../../../nodes/shared/users/directory';
import type { PathSegment } from '../../../../nodes/shared/model/path';

const account = (id: string, ...emails: string[]) => ({
	userId: id as PathSegment,
	emails,
	name: undefined,
	state: 'active' as const,
});

it.each([
	['kim@example.org', ' KIM@Example.org\n', true],
	[' kim@example.org', 'kim@example.org', true],
	['kim@example.org', 'lee@example.org', false],
])('compares %j and %j without case and white space: %p', (a, b, isSame) => {
	expect(sameEmail(a, b)).toBe(isSame);
});

describe('onlyMatch', () => {
	it('finds the one with exactly this address, be it a second one', () => {
		const kim = account('2', 'kim@home.example', 'Kim@example.org');
		expect(onlyMatch('kim@example.org', [account('1', 'xkim@example.org'), kim])).toBe(kim);
	});

	it('finds nobody among those who have no address', () => {
		expect(() => onlyMatch('kim@example.org', [account('1')])).toThrow(
			expect.objectContaining({ reason: 'notFound' }),
		);
	});

	it('names ten of those who share it, at most', () => {
		const many = Array.from({ length: 12 }, (_, index) => account(`u${index}`, 'kim@example.org'));
		expect(() => onlyMatch('kim@example.org', many)).toThrow(
			expect.objectContaining({
				reason: 'ambiguousUser',
				facts: {
					summary: "12 users have the email 'kim@example.org'",
					advice: 'Choose one by ID: u0, u1, u2, u3, u4, u5, u6, u7, u8, u9. Nothing was changed.',
				},
			}),
		);
	});
});
