import { z } from 'zod';

import { comparable, readAddress, visible } from '../model/email';

/** What separates entries that people write into one text; at the end of a line, both count as one. */
const SEPARATOR = /[,;][^\S\r\n]*[\r\n]+|[\r\n]+|[,;]/;

/** One word that could be an ID, a user name or a login name; with a full-width `@` it is a mistyped address. */
const ID = /^[^\s@＠﹫"'<>()[\]{},;\\/]{1,200}$/u;

/** Words that look like an ID, but come from an address without an @ or from a missing value. */
const NO_ID = /^(mailto:.*|null|undefined|nan|true|false)$/i;

/**
 * A list of users: e-mail addresses and ids, as a text or as a list of texts. What can be read
 * without doubt is read; any other entry is refused by its number, since it would protect nobody.
 *
 * Gives the entries in the form in which names are compared, see `comparable`.
 */
export const userList = z.unknown().transform((value, context): readonly string[] => {
	const refuse = (message: string) => {
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	};
	const texts = toTexts(value);
	if (texts === undefined) return refuse('must be text or a list of texts');
	const isBlank = typeof value === 'string' && visible(value) === '';
	if (isBlank || texts.length === 0) return refuse('is empty: add an entry, or remove the option');

	const entries = texts.flatMap(splitEntries);
	const names = entries.map(readEntry);
	const unreadable = names.indexOf(undefined);
	if (unreadable >= 0) {
		const entry = entries[unreadable];
		const isBlank = typeof entry === 'string' && visible(entry) === '';
		const what = isBlank ? 'is empty' : 'is neither an email address nor an ID';
		return refuse(`can't be read: entry ${unreadable + 1} ${what}`);
	}
	return names.filter((name) => name !== undefined);
});

/** The texts of a list, which may also be written as JSON. */
function toTexts(value: unknown): readonly unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return undefined;
	if (!visible(value).startsWith('[')) return [value];
	try {
		const parsed: unknown = JSON.parse(visible(value));
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function splitEntries(text: unknown): unknown[] {
	if (typeof text !== 'string') return [text];
	// An empty entry stands for somebody who was meant: a missing value leaves one.
	return splitOutsideQuotes(text.replace(/^[\r\n]+|[\r\n]+$/g, '')).flatMap(splitAtSpaces);
}

/** A name in quotation marks may hold a comma: `"Lee, Kim" <kim@example.org>`. */
function splitOutsideQuotes(text: string): string[] {
	const isQuoted = /"[^"]*"\s*</.test(text);
	return isQuoted ? (text.match(/(?:"[^"]*"|[^,;\r\n"])+/g) ?? []) : text.split(SEPARATOR);
}

/** Spaces separate addresses and ids, but they may also belong to a name before an address. */
function splitAtSpaces(part: string): string[] {
	const words = visible(part).split(/\s+/);
	return words.every((word) => word.includes('@') && readAddress(word) !== undefined)
		? words
		: [part];
}

function readEntry(entry: unknown): string | undefined {
	if (typeof entry !== 'string') return undefined;
	const address = readAddress(entry);
	if (address !== undefined) return comparable(address);
	const id = visible(entry).replace(/^(["'])(.*)\1$/, '$2');
	return ID.test(id) && !NO_ID.test(id) ? comparable(id) : undefined;
}
