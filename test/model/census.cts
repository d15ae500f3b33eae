import { ODDITIES, type History } from './history.cts';
import { FORMS } from './people.cts';
import type { Run } from './run.cts';
import { canLookUp } from './services.cts';

/** How often each odd answer and odd value has to occur in 20,000 histories. */
const SHARE = 100 / 20_000;

/** Whether somebody is protected by their address, and an item names them by ID. */
function isKnownByIdOnly(
	{ protectedUsers, people, items }: History,
	kind: { readonly isShown: boolean },
): boolean {
	return protectedUsers.some(
		({ person, by }) =>
			by === 'email' &&
			(people[person]?.kind !== 'withoutAddress') === kind.isShown &&
			items.some((item) => item.by === 'id' && item.person === person),
	);
}

/** Odd values that a history has. */
const VALUES: Readonly<Record<string, (history: History) => boolean>> = {
	...forEach(['undefined', 'null', 'NaN', 'empty text', 'text'], (value) => ({ items }) => {
		return items.some(({ odd }) => odd?.value === value);
	}),
	...forEach(Object.keys(FORMS).slice(1), (form) => ({ protectedUsers }) => {
		return protectedUsers.some((entry) => entry.form === form);
	}),
	'protected by address, named by ID': (history) => isKnownByIdOnly(history, { isShown: true }),
	'protected by an address that is not shown': (history) =>
		isKnownByIdOnly(history, { isShown: false }),
	'one item a round': ({ rounds, items }) => rounds !== 'one' && items.length > 1,
	'own account': ({ operation, items }) =>
		operation === 'deactivate' && items.some(({ person }) => person === 'self'),
	'caller without the right to see everybody': ({ caller }) => caller === 'mayNotSee',
	'get where nobody can be asked': ({ operation, services }) =>
		operation === 'get' && services.some((service) => !canLookUp(service)),
	'invited in a dry run': ({ options, items, people }) =>
		options.dryRun === true &&
		items.some(({ person }) => typeof person === 'number' && people[person]?.state === 'invited'),
	'two tenants': ({ tenants }) => tenants !== 'one',
};

const NOTHING = 'nothing odd';
const NAMES = [...Object.keys(VALUES), ...Object.keys(ODDITIES)];

/** Counts what occurred, over many histories. */
export class Census {
	private readonly all = new Map<string, number>();
	private histories = 0;

	add(run: Run): void {
		this.histories += 1;
		const odd = oddIn(run);
		const names = odd.length === 0 ? [NOTHING] : odd;
		for (const name of names) this.all.set(name, (this.all.get(name) ?? 0) + 1);
	}

	lines(): string[] {
		return [...NAMES, NOTHING].map(
			(name) => `${String(this.all.get(name) ?? 0).padStart(7)}  ${name}`,
		);
	}

	/** What occurred too seldom for these many histories. */
	tooSeldom(): string[] {
		const expected = this.histories * SHARE;
		// Three standard deviations: a new seed must not fail by chance.
		const least = Math.floor(expected - 3 * Math.sqrt(expected));
		return NAMES.filter((name) => (this.all.get(name) ?? 0) < least).map(
			(name) => `${name}: fewer than ${least}`,
		);
	}
}

/** Names of all odd answers and values of a history. */
export function oddIn({ history, met }: Run): string[] {
	const values = Object.keys(VALUES).filter((name) => VALUES[name]?.(history));
	return [...new Set([...values, ...met])];
}

function forEach<Value>(
	names: readonly string[],
	value: (name: string) => Value,
): Record<string, Value> {
	return Object.fromEntries(names.map((name) => [name, value(name)]));
}
