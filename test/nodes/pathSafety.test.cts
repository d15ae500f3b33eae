import { first, scriptedRun } from './scriptedRun.cts';
import { byId, sampleOf, samples } from './services.cts';

/** What somebody, or a model, may try in order to reach another path, host or account. */
const HOSTILE: unknown[] = [
	...String.raw`. .. ../.. ../../v1/admin ./1 1/.. 1/../2 /1 //evil.example https://evil.example/
		@evil.example 1\..\2 1?x=y 1#x 1;x 1&x=y %2e%2e %2e%2e%2f ..%2f 1%00 ．．
		usr_1/../../departments org_.. dept_%2e%2e 6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11/activate
		__proto__ constructor`.split(/\s+/),
	...['1\u0000', '1\r\nHost: evil.example', '1\u202E', '1\uD800', '\u2024\u2024', '', ' '],
	'x'.repeat(10_000),
	...[0, 1e21, Number.MAX_SAFE_INTEGER + 2, NaN, true, null, undefined],
	...[[], ['..'], {}, { toString: '..' }, { __proto__: null, value: '..' }],
];

/** Every field of every operation that names something, with the mode that a locator may be in. */
const fields = Object.values(samples).flatMap(({ service }) =>
	Object.entries(service.operations).flatMap(([operation, { parameters }]) =>
		Object.values(parameters)
			.map(({ property }) => property)
			.filter(({ type }) => type === 'string' || type === 'resourceLocator')
			.flatMap(({ name, type, modes = [] }) =>
				(type === 'string' ? [undefined] : [...modes.map((mode) => mode.name), 'made-up']).map(
					(mode) => [service.name, operation, name, mode ?? 'plain'] as const,
				),
			),
	),
);

describe.each(fields)('%s, %s, %s (%s)', (serviceName, operation, field, mode) => {
	const { service, parameters, paths, once } = sampleOf(serviceName);
	const wrap = (value: unknown) => (mode === 'plain' ? value : { ...byId(value), mode });

	it.each(HOSTILE.map((value) => [value]))('stays on its path for %j', async (value) => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, role: 'member', operation, [field]: wrap(value) },
			answers: ({ url }) => (url.endsWith('/me') && once[0]) || { status: 503 },
			continueOnFail: true,
		});
		expect(result.output).toHaveLength(1);
		expect(first(result)).toHaveProperty('error');
		for (const { url } of result.requests) {
			const { origin, pathname } = new URL(url);
			expect(origin).toBe('https://service.example.org');
			expect(pathname).toMatch(paths);
			// A value that may be sent is one segment, exactly as it was given.
			const segments = pathname.split('/').map(decodeURIComponent);
			expect(segments).not.toContain('.');
			expect(segments).not.toContain('..');
			if (field !== 'email' && mode !== 'email') {
				const sent = segments.includes(String(value).trim());
				expect(sent || pathname.endsWith('/me')).toBe(true);
			}
		}
	});
});
