import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../model/failure';

/** How many fields are named, and how deep they may lie. */
const MAX_FIELDS = 20;
const MAX_DEPTH = 3;

/** Longest name of a field that is shown. */
const MAX_NAME = 60;

/**
 * A failure for a missing value also says which fields the item has: the one that was meant may have
 * another name, lie deeper, or begin with a character that nobody sees.
 */
export function withFieldsOf(failure: Failure, item: IDataObject | undefined): Failure {
	const { lacksValue, advice } = failure.facts;
	if (lacksValue !== true || !item) return failure;
	const names = namesIn(item);
	const shown = names.slice(0, MAX_FIELDS).map((name) => `'${name}'`);
	const more = names.length > MAX_FIELDS ? ', and more' : '';
	const fields =
		names.length === 0 ? 'The item has no fields.' : `The item has: ${shown.join(', ')}${more}.`;
	return failure.with({ advice: [advice, fields].filter(Boolean).join(' ') });
}

/** The fields as an expression names them, as in `body.employee.email`. */
function namesIn(item: object, depth = 1): string[] {
	return Object.entries(item).flatMap(([name, value]: [string, unknown]) => {
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		const inner = isObject && depth < MAX_DEPTH ? namesIn(value, depth + 1) : [];
		const own = visibly(name);
		return inner.length === 0 ? [own] : inner.map((one) => `${own}.${one}`);
	});
}

/** With invisible characters as escapes, such as the byte order mark that a CSV file begins with. */
function visibly(name: string): string {
	return name.slice(0, MAX_NAME).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
		const code = character.codePointAt(0) ?? 0;
		return `\\u${code.toString(16).padStart(4, '0')}`;
	});
}
