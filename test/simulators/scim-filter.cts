import { refusal } from './scim-answers.cts';
import type { ScimAccount, ScimHabits } from './scim-users.cts';

/** `attribute eq "text"`; names and operators have no case: RFC 7644, section 3.4.2.2. */
const COMPARISON = /^\s*([\w.]+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i;
/** The comparisons of a filter: what stands between 'or', which may also stand in a text. */
const ALTERNATIVE = /(?:"(?:[^"\\]|\\.)*"|(?!\s+or\s).)+/gi;
const IN_EMAILS = /^\s*emails\[(.*)\]\s*$/i;

type Attribute = 'username' | 'externalid' | 'emails.value';

const VALUES: Readonly<Record<Attribute, (account: ScimAccount) => readonly string[]>> = {
	username: ({ attributes: { userName } }) => [userName],
	externalid: ({ attributes: { externalId } }) => (externalId === undefined ? [] : [externalId]),
	'emails.value': ({ attributes: { emails = [] } }) => emails.map(({ value }) => value),
};

/** Whether a user matches a filter. Throws the service's refusal if it does not know the filter. */
export function filterOf(
	filter: string | undefined,
	{ filter: habit }: ScimHabits,
): (account: ScimAccount) => boolean {
	if (filter === undefined || habit === 'ignored') return () => true;
	if (habit === 'unsupported') throw unknownFilter('Filtering is not supported');
	const alternatives = (filter.match(ALTERNATIVE) ?? [filter]).map((one) =>
		comparing(one.replace(/^\s*or\s+/i, ''), habit),
	);
	return (account) => alternatives.some((fits) => fits(account));
}

function comparing(
	comparison: string,
	habit: ScimHabits['filter'],
): (account: ScimAccount) => boolean {
	const { attribute, value } = comparisonIn(comparison);
	if (habit === 'userNameOnly' && attribute !== 'username') {
		throw unknownFilter('Only userName is supported');
	}
	// RFC 7643, section 3.1: of the three, only the external ID has a case.
	const plain = (text: string) => (attribute === 'externalid' ? text : text.toLowerCase());
	const wanted = plain(value);
	const fits =
		habit === 'prefix'
			? (text: string) => plain(text).startsWith(wanted)
			: (text: string) => plain(text) === wanted;
	return (account) => VALUES[attribute](account).some(fits);
}

function comparisonIn(filter: string): { attribute: Attribute; value: string } {
	const inner = IN_EMAILS.exec(filter)?.[1];
	const [, name = '', quoted = ''] = COMPARISON.exec(inner ?? filter) ?? [];
	const attribute = `${inner === undefined ? '' : 'emails.'}${name}`.toLowerCase();
	if (!(attribute in VALUES)) throw unknownFilter('The filter is not supported');
	return { attribute: attribute as Attribute, value: textIn(quoted) };
}

/** Text is written as in JSON. */
function textIn(quoted: string): string {
	try {
		return JSON.parse(quoted) as string;
	} catch {
		throw unknownFilter('The filter has no valid text');
	}
}

const unknownFilter = (detail: string) => refusal(400, detail, 'invalidFilter');
