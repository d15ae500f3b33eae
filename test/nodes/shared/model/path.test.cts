import { path, pathSegment } from '../../../../nodes/shared/model/path';

const anything = () => pathSegment(/^[^]*$/, 'must be an ID');

describe('pathSegment', () => {
	it.each([
		...String.raw`. .. a/b a\b a?b a#b a%2Fb %2e%2e`.split(' '),
		...['a b', 'a\nb', 'a\u0000b', 'a\u202Eb', 'a\uD800'],
	])('refuses %j, whatever the pattern allows', (id) => {
		expect(anything().safeParse(id).error?.issues[0]?.message).toBe('must be an ID');
	});

	it('takes off white space around the ID', () => {
		expect(anything().parse(' usr_1\n')).toBe('usr_1');
	});
});

describe('path', () => {
	it('encodes each segment', () => {
		expect(path`/v2/users/${anything().parse('kim&lee=ü')}/deactivate`).toBe(
			'/v2/users/kim%26lee%3D%C3%BC/deactivate',
		);
	});
});
