import { readRetryAfter } from '../../../../nodes/shared/http/retryAfter';

const NOW = Date.parse('2026-11-01T08:00:00Z');
const IN_30_SECONDS = 'Sun, 01 Nov 2026 08:00:30 GMT';

it.each<[string, Record<string, unknown>, number | undefined]>([
	['seconds', { 'retry-after': '7' }, 7000],
	['fractions of a second', { 'retry-after': '0.25' }, 250],
	['zero as no wait', { 'retry-after': '0' }, undefined],
	['a date', { 'retry-after': IN_30_SECONDS }, 30_000],
	['the older form of a date', { 'retry-after': 'Sunday, 01-Nov-26 08:00:30 GMT' }, 30_000],
	['the oldest form of a date', { 'retry-after': 'Sun Nov  1 08:00:30 2026' }, 30_000],
	['a number with white space around it', { 'retry-after': ' 7 ' }, 7000],
	['less than a tenth of a second as no wait', { 'retry-after': '0.099' }, undefined],
	['a tenth of a second', { 'retry-after': '0.1' }, 100],
	['a billion seconds as a moment', { 'x-ratelimit-reset': '1000000000' }, undefined],
	['nothing from a date of another form', { 'retry-after': `the ${IN_30_SECONDS}` }, undefined],
	['a date in the past as no wait', { 'retry-after': 'Sun, 01 Nov 2026 07:00:00 GMT' }, undefined],
	[
		'a date by the clock of the service',
		{ 'retry-after': IN_30_SECONDS, date: 'Sun, 01 Nov 2026 08:00:25 GMT' },
		5000,
	],
	['the first of several', { 'retry-after': ['3', '9'] }, 3000],
	['the header of awork', { 'ratelimit-reset': '12' }, 12_000],
	['seconds until the reset', { 'x-ratelimit-reset': '12' }, 12_000],
	['the moment of the reset', { 'x-ratelimit-reset': String(NOW / 1000 + 90) }, 90_000],
	['a moment in the past as no wait', { 'x-ratelimit-reset': String(NOW / 1000 - 90) }, undefined],
	['Retry-After before others', { 'ratelimit-reset': '12', 'retry-after': '2' }, 2000],
	["others if Retry-After can't be read", { 'retry-after': 'soon', 'ratelimit-reset': '2' }, 2000],
	['nothing without a header', {}, undefined],
	['nothing from a negative number', { 'retry-after': '-5' }, undefined],
	['nothing from a number that is not text', { 'retry-after': 5 }, undefined],
	['nothing from too many digits', { 'retry-after': '9'.repeat(400) }, undefined],
	['nothing from an empty list', { 'retry-after': [] }, undefined],
])('reads %s', (_, headers, expected) => {
	expect(readRetryAfter(headers, NOW)).toBe(expected);
});
