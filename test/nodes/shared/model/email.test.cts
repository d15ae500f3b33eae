import fc from 'fast-check';

import { comparable, isSameName, readAddress } from '../../../../nodes/shared/model/email';

describe('readAddress', () => {
	it.each([
		['as it is', 'Kim.Lee@Example.org', 'Kim.Lee@Example.org'],
		['with white space around it', ' kim@example.org\n', 'kim@example.org'],
		['behind a name', 'Kim Lee <kim@example.org>', 'kim@example.org'],
		['behind a quoted name with a comma', '"Lee, Kim" < kim@example.org >', 'kim@example.org'],
		['in angle brackets', '<kim@example.org>', 'kim@example.org'],
		['in quotation marks', '"kim@example.org"', 'kim@example.org'],
		['in single quotation marks', "'kim@example.org'", 'kim@example.org'],
		['as a link', 'MAILTO:kim@example.org', 'kim@example.org'],
		['as a link in angle brackets', 'Kim <mailto:kim@example.org>', 'kim@example.org'],
		['with a zero-width space', 'kim\u200B@example.org', 'kim@example.org'],
		['with a soft hyphen', 'kim@exam\u00ADple.org', 'kim@example.org'],
		['in the decomposed Unicode form', 'zoe\u0308@example.org', 'zo\u00EB@example.org'],
		['with an apostrophe inside', "o'neil@example.org", "o'neil@example.org"],
	])('reads an address %s', (_, text, address) => {
		expect(readAddress(text)).toBe(address);
	});

	it.each([
		['a name', 'Kim Lee'],
		['two addresses', 'kim@example.org,ada@example.org'],
		['two @', 'kim@lee@example.org'],
		['nothing before the @', '@example.org'],
		['nothing behind the @', 'kim@'],
		['a space inside', 'kim lee@example.org'],
		['half of a pair of quotation marks', "'kim@example.org"],
		['an open angle bracket', 'Kim <kim@example.org'],
		['a name behind the address', '<kim@example.org> Kim'],
		['a control character', 'kim\u0007@example.org'],
		['more than 254 characters', `${'k'.repeat(243)}@example.org`],
	])('reads no address from %s', (_, text) => {
		expect(readAddress(text)).toBeUndefined();
	});

	it('accepts 254 characters', () => {
		const longest = `${'k'.repeat(242)}@example.org`;
		expect(readAddress(longest)).toBe(longest);
	});
});

describe('comparable', () => {
	it.each([
		['case', 'Kim@Example.ORG', 'kim@example.org'],
		['Unicode form', 'ZOE\u0308@example.org', 'zo\u00EB@example.org'],
		['invisible characters', ' kim\u200D@example.org ', 'kim@example.org'],
		['a domain in Unicode', 'kim@B\u00FCcher.example', 'kim@xn--bcher-kva.example'],
		['the dot of the root domain', 'kim@example.org.', 'kim@example.org'],
	])('makes names equal that differ by %s', (_, a, b) => {
		expect(comparable(a)).toBe(b);
		expect(isSameName(a, b)).toBe(true);
	});

	it.each([
		['domains', 'kim@example.org', 'kim@example.com'],
		['numbers that a URL reads as the same IP address', 'kim@127.1', 'kim@127.0.0.1'],
		['names that a URL reads as an IP address', 'kim@0x7f.1', 'kim@127.0.0.1'],
		['domains that a URL would cut', 'kim@example.org/x', 'kim@example.org'],
	])('tells different %s apart', (_, a, b) => {
		expect(isSameName(a, b)).toBe(false);
	});

	it('changes nothing on a second reading', () => {
		const names = fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' }));
		const check = fc.property(names, (name) =>
			expect(comparable(comparable(name))).toBe(comparable(name)),
		);
		fc.assert(check, { seed: 1, numRuns: 1000 });
	});

	it('leaves an ID without a domain', () => {
		expect(comparable(' USR_1 ')).toBe('usr_1');
	});
});
