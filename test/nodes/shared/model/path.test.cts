import { path, pathSegment } from '../../../../nodes/shared/model/path';

const anything = () => pathSegment(/^[^]*$/, 'must be an ID');

describe('pathSegment', () => {
	it.each([
		['a dot', '.'],
		['two dots', '..'],
		['a slash', 'a/b'],
		['a backslash', 'a\\b'],
		['a question mark', 'a?b'],
		['a hash', 'a#b'],
		['an encoded slash', 'a%2Fb'],
		['an encoded dot segment', '%2e%2e'],
		['a space', 'a b'],
		['a line break', 'a\nb'],
		['a NUL', 'a\u0000b'],
		['a direction override', 'a\u202Eb'],
		['half a surrogate pair', 'a\uD800'],
	])('refuses %s, whatever the pattern allows', (_, id) => {
		expect(anything().safeParse(id).error?.issues[0]?.message).toBe('must be an ID');
	});

	it('refuses what the pattern does not allow', () => {
		expect(pathSegment(/^usr_\w+$/, 'must be an ID').safeParse('org_1').success).toBe(false);
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

	it('leaves a path without segments as it is', () => {
		expect(path`/v2/users`).toBe('/v2/users');
	});
});
