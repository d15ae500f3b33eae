import fc from 'fast-check';

import { NOBODY } from '../model/people.cts';
import { STAFF } from '../simulators/index.cts';

/** An address and IDs as the services have them. */
export const EMAIL = STAFF.leaver.email;
export const USER_IDS = ['usr_p0', '280000000000000001', '6f1c0000-0000-4000-8000-000000000001'];

/** Names that every object has, or that n8n gives a meaning. */
const NAMES = [
	...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length'],
	...['__rl', '__regex', 'mode', 'value', 'cachedResultUrl', 'error'],
];

/** What means something to a URL parser, a header, a mail server, n8n, or a reader's eye. */
const FRAGMENTS = [
	...['.', '..', '/', '\\', '//', '?', '#', ';', '&', '=', ':', '@', '%', '+', '~', '*', '|'],
	...['%2e', '%2E%2e', '%2f', '%5c', '%00', '%0d%0a', '%252e%252e', '%252f', '%c0%ae', '%', '%zz'],
	...['\r\n', '\r', '\n', '\0', '\t', ' ', '\u00a0', '\u3000', '\u2028', '\u0085', '\u007f'],
	...['\u202e', '\u2066', '\u200f', '\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u{e0041}'],
	...['\ud800', '\udc00', '\u{1f468}\u200d\u{1f469}', '\ufffd', '\uffff'],
	// Full-width and other stand-ins for an at sign, dots and slashes.
	...['＠', '﹫', '．', '。', '․', '‥', '／', '＼', '∕', '％'],
	// Forms of the same letter, and letters whose small form is another one's.
	...['é', 'e\u0301', 'Å', '\u212b', '\u212a', 'ſ', 'İ', 'ı', 'ß', 'ﬁ'],
	...['"', "'", '`', '<', '>', ',', '(', ')', '[', ']', '{', '}', '<!--', '</script>'],
	...['={{', '}}', '={{ $json }}', '{{ $env.HOME }}', '${x}', '$&', '$1'],
	...['usr_', 'org_', 'dept_', 'https://', 'http://evil.example/', 'javascript:', 'Host: x'],
	...['0', '-1', '1e400', '9007199254740993', '10n', 'NaN', 'null', 'true', '[object Object]'],
	...['../../v1/admin', 'me', 'search', 'deactivate', EMAIL, NOBODY, ...USER_IDS, ...NAMES],
];

const fragment = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }) },
);

/** As long as whoever sends it likes: megabytes, now and then. */
const hugeText = fc
	.tuple(fragment, fc.constantFrom(300, 5000, 100_000, 1_000_000))
	.map(([start, length]) => start.repeat(Math.ceil(length / start.length)));

/** A text with something done to it that may be overlooked. */
export function nearly(valid: string): fc.Arbitrary<string> {
	const inserted = fc
		.tuple(fragment, fc.nat(valid.length), fc.nat(2))
		.map(([part, at, taken]) => valid.slice(0, at) + part + valid.slice(at + taken));
	const forms = [valid, valid.toUpperCase(), valid.normalize('NFD'), ` ${valid}\n`];
	return fc.oneof(
		{ weight: 2, arbitrary: inserted },
		{ weight: 1, arbitrary: fc.constantFrom(...forms) },
	);
}

/** A text that somebody, or a model, may try. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
	{ weight: 12, arbitrary: fc.string({ unit: fragment, maxLength: 6 }) },
	{ weight: 6, arbitrary: fc.oneof(...[EMAIL, ...USER_IDS].map(nearly)) },
	{ weight: 4, arbitrary: fc.webUrl({ withFragments: true, withQueryParameters: true }) },
	{ weight: 1, arbitrary: hugeText },
);

/** Keys are the object's own, `__proto__` as well: as `JSON.parse` makes them. */
export function hostileObject(
	names: fc.Arbitrary<string>,
	values: fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
	const how = { enumerable: true, writable: true, configurable: true };
	return fc.array(fc.tuple(names, values), { maxLength: 5 }).map((entries) => {
		const object = {};
		for (const [name, value] of entries) Object.defineProperty(object, name, { value, ...how });
		return object;
	});
}

const names = fc.oneof(
	fc.constantFrom(...NAMES),
	hostileText.map((text) => text.slice(0, 100)),
);

/** Anything at all that an expression in the editor, or the JSON of an answer, may come to. */
export const hostileValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		{ weight: 5, arbitrary: hostileText },
		{ weight: 2, arbitrary: fc.oneof(fc.double(), fc.integer()) },
		{ weight: 2, arbitrary: fc.constantFrom(NaN, -0, 2 ** 53, true, false, null, undefined, '') },
		{ weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
		{ weight: 1, arbitrary: hostileObject(names, tie('value')) },
	),
})).value;

/** A locator as the editor stores it, or as somebody makes it by hand. */
export const hostileLocator: fc.Arbitrary<object> = fc.record(
	{
		__rl: fc.oneof(fc.constant<unknown>(true), hostileValue),
		mode: fc.oneof(
			fc.constantFrom<unknown>('id', 'email', 'list', 'url', '__proto__'),
			hostileValue,
		),
		value: fc.oneof(...[EMAIL, ...USER_IDS].map(nearly), hostileValue),
		__regex: fc.constantFrom('(.*)', '^.*(\\.\\.)$', '(', '((a+)+)+$', '^()', 42),
		cachedResultUrl: fc.constantFrom('https://evil.example/', 'javascript:alert(1)'),
	},
	{ requiredKeys: [] },
);
