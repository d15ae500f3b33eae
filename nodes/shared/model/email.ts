import { z } from 'zod';

/** RFC 5321, 4.5.3.1.3, less the angle brackets. */
const MAX_LENGTH = 254;

/** One @, something on both sides, and nothing that needs quotation marks in an address. */
const ADDRESS = /^[^\s@"<>()[\]\\,;:\p{Cc}\p{Cs}]+@[^\s@"<>()[\]\\,;:\p{Cc}\p{Cs}]+$/u;

/** Possible in an address, but more likely half of a pair of quotation marks. */
const STRAY_QUOTE = /^'|'$/;

/** Characters that nobody sees, which come along when a text is copied. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** An address in angle brackets behind a name, which may be in quotation marks. */
const WITH_NAME = /^[^<>]*<([^<>]*)>$/;

/** A text without what nobody sees in it: invisible characters and white space around it. */
export function visible(text: string): string {
	return text.replace(INVISIBLE, '').normalize('NFC').trim();
}

/**
 * Reads one e-mail address in any form in which people and programs write it: `kim@example.org`,
 * `Kim Lee <kim@example.org>`, `"kim@example.org"`, `mailto:kim@example.org`.
 *
 * @returns the address as it was written, without what surrounds it; undefined if it is none
 */
export function readAddress(text: string): string | undefined {
	const inner = visible(text);
	const address = (WITH_NAME.exec(inner)?.[1] ?? inner)
		.trim()
		.replace(/^(["'])(.*)\1$/, '$2')
		.replace(/^mailto:/i, '')
		.trim();
	const isAddress = ADDRESS.test(address) && !STRAY_QUOTE.test(address);
	return isAddress && address.length <= MAX_LENGTH ? address : undefined;
}

/** One e-mail address, as it was written apart from what surrounds it. */
export const emailSchema = z.string().transform((text, context) => {
	const address = readAddress(text);
	if (address !== undefined) return address;
	context.addIssue({ code: 'custom', message: 'is not an email address' });
	return z.NEVER;
});

/**
 * The form in which addresses, login names and ids are compared: nobody tells them apart by case,
 * Unicode form or spelling of the domain.
 */
export function comparable(name: string): string {
	const text = visible(name).toLowerCase();
	const at = text.lastIndexOf('@');
	return at < 0 ? text : `${text.slice(0, at)}@${asciiDomain(text.slice(at + 1))}`;
}

/** A domain that is the same in a URL: its last part is no number, as that of an IP address is. */
const PLAIN_DOMAIN = /^(?!.*xn--)([a-z\d-]+\.)+[a-z]+$/;

/** Punycode (RFC 3492), as in a URL. What a URL would read as an IP address stays as it is. */
function asciiDomain(name: string): string {
	const domain = name.replace(/\.$/, '');
	if (PLAIN_DOMAIN.test(domain) || !URL.canParse(`https://${domain}`)) return domain;
	const { hostname, href } = new URL(`https://${domain}`);
	const isIpAddress = /^[\d.]+$/.test(hostname);
	// A full-width dot at the end has become a plain one.
	return href === `https://${hostname}/` && !isIpAddress ? hostname.replace(/\.$/, '') : domain;
}

/** Whether two addresses, login names or ids are the same. */
export function isSameName(a: string, b: string): boolean {
	return comparable(a) === comparable(b);
}

/** The ways in which a service that compares addresses to the letter may know one. */
export function spellings(email: string): string[] {
	const ascii = comparable(email);
	return ascii === email.toLowerCase() ? [email] : [email, ascii];
}
