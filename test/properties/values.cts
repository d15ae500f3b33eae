import fc from 'fast-check';

/** An address and ids as the services have them. */
export const EMAIL = 'kim.lee@example.org';
export const USER_IDS = {
	aitronos: 'usr_1',
	zitadel: '163840776835432705',
	awork: '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11',
} as const;

/** Names that every object has, or that n8n gives a meaning. */
const NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'__rl',
	'__regex',
	'mode',
	'value',
	'cachedResultUrl',
	'error',
	'length',
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
	...['=', '={{', '}}', '={{ $json }}', '{{ $env.HOME }}', '${x}', '$&', '$1'],
	...[
		'usr_',
		'org_',
		'dept_',
		'https://',
		'http://evil.example/',
		'javascript:',
		'Host: evil.example',
	],
	...[
		'0',
		'-1',
		'1e400',
		'9007199254740993',
		'10n',
		'NaN',
		'null',
		'undefined',
		'true',
		'[object Object]',
	],
	...['../../v1/admin', 'me', 'search', 'deactivate', EMAIL, ...Object.values(USER_IDS)],
	...NAMES,
];

const fragment = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }) },
	{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }) },
);

/** As long as whoever sends it likes: megabytes, now and then. */
const hugeText = fc
	.tuple(fragment, fc.constantFrom(300, 5000, 100_000, 1_000_000), fragment)
	.map(([start, length, end]) => start.repeat(Math.ceil(length / start.length)) + end);

/** A text with something done to it that may be overlooked. */
export function nearly(valid: string): fc.Arbitrary<string> {
	const inserted = fc
		.tuple(fragment, fc.nat(valid.length), fc.nat(2))
		.map(([part, at, taken]) => valid.slice(0, at) + part + valid.slice(at + taken));
	return fc.oneof(
		{ weight: 4, arbitrary: inserted },
		{ weight: 1, arbitrary: fc.constant(valid) },
		{
			weight: 1,
			arbitrary: fc.constantFrom(valid.toUpperCase(), valid.normalize('NFD'), ` ${valid}\n`),
		},
	);
}

/** A text that somebody, or a model, may try. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
	{ weight: 12, arbitrary: fc.string({ unit: fragment, maxLength: 6 }) },
	{ weight: 6, arbitrary: fc.oneof(...[EMAIL, ...Object.values(USER_IDS)].map(nearly)) },
	{ weight: 4, arbitrary: fc.webUrl({ withFragments: true, withQueryParameters: true }) },
	{ weight: 1, arbitrary: hugeText },
);

const key = fc.oneof(
	fc.constantFrom(...NAMES),
	hostileText.map((text) => text.slice(0, 100)),
);

/** Anything that may stand where a text belongs, but for objects and lists. */
const hostileLeaf: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 5, arbitrary: hostileText },
	{ weight: 1, arbitrary: fc.double() },
	{ weight: 1, arbitrary: fc.integer() },
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			...[NaN, Infinity, -Infinity, -0, 2 ** 53, 10n, true, false, null, undefined],
		),
	},
);

/** Keys are the object's own, `__proto__` as well: as `JSON.parse` makes them. */
function ownKeys(entries: ReadonlyArray<readonly [string, unknown]>): object {
	const object = {};
	for (const [name, value] of entries) {
		Object.defineProperty(object, name, {
			value,
			enumerable: true,
			writable: true,
			configurable: true,
		});
	}
	return object;
}

export function hostileObject(
	names: fc.Arbitrary<string>,
	values: fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
	return fc.array(fc.tuple(names, values), { maxLength: 5 }).map(ownKeys);
}

/** Anything at all that an expression in the editor may come to. */
export const hostileValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		{ weight: 5, arbitrary: hostileLeaf },
		{ weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
		{ weight: 1, arbitrary: hostileObject(key, tie('value')) },
	),
})).value;

const jsonLeaf: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 5, arbitrary: hostileText },
	{ weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
	{ weight: 2, arbitrary: fc.constantFrom(0, -1, 1e308, true, false, null, '', [], {}) },
);

/** Anything that JSON can say. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		{ weight: 4, arbitrary: jsonLeaf },
		{ weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
		{ weight: 1, arbitrary: hostileObject(key, tie('value')) },
	),
})).value;

/** A locator as the editor stores it, or as somebody makes it by hand. */
export function hostileLocator(valid: readonly string[]): fc.Arbitrary<unknown> {
	const value = fc.oneof(
		{ weight: 4, arbitrary: fc.oneof(...valid.map(nearly)) },
		{ weight: 3, arbitrary: hostileValue },
		{
			weight: 1,
			arbitrary: fc
				.constantFrom(...valid)
				.map((inner) => ({ __rl: true, mode: 'id', value: inner })),
		},
	);
	return fc.record(
		{
			__rl: fc.oneof(
				{ weight: 5, arbitrary: fc.constant(true) },
				{ weight: 1, arbitrary: hostileLeaf },
			),
			mode: fc.oneof(
				{
					weight: 6,
					arbitrary: fc.constantFrom('id', 'email', 'list', 'url', 'made-up', '__proto__'),
				},
				{ weight: 1, arbitrary: hostileLeaf },
			),
			value,
			__regex: fc.constantFrom('(.*)', '^.*(\\.\\.)$', '(', '((a+)+)+$', '^()', 42),
			cachedResultName: hostileLeaf,
			cachedResultUrl: fc.constantFrom('https://evil.example/', 'javascript:alert(1)'),
		},
		{ requiredKeys: [] },
	);
}
