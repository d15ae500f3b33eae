import { ODDITIES } from './history.cts';
import { FORMS } from './people.cts';
import type { Run } from './run.cts';
import { canLookUp } from './services.cts';

/** How often each odd answer and odd value has to occur in 20,000 histories. */
const SHARE = 100 / 20_000;

interface Value {
	/** The kind of issue 14 that it belongs to. */
	readonly kind: number;
	readonly occurs: (run: Run) => boolean;
}

/** Odd values that a history has. */
const VALUES: Readonly<Record<string, Value>> = {
	...forEach(['undefined', 'null', 'NaN', 'empty text', 'text'], (value) => ({
		kind: 1,
		occurs: ({ history }) => history.items.some(({ odd }) => odd?.value === value),
	})),
	...forEach(Object.keys(FORMS).slice(1), (form) => ({
		kind: 2,
		occurs: ({ history }) => history.protectedUsers.some((entry) => entry.form === form),
	})),
	'protected by address, named by ID': {
		kind: 3,
		occurs: ({ history }) =>
			history.protectedUsers.some(
				({ person, by }) =>
					by === 'email' &&
					history.people[person]?.kind !== 'withoutAddress' &&
					history.items.some((item) => item.by === 'id' && item.person === person),
			),
	},
	'protected by an address that is not shown': {
		kind: 3,
		occurs: ({ history }) =>
			history.protectedUsers.some(
				({ person, by }) =>
					by === 'email' &&
					history.people[person]?.kind === 'withoutAddress' &&
					history.items.some((item) => item.by === 'id' && item.person === person),
			),
	},
	'one item a round': {
		kind: 4,
		occurs: ({ history }) => history.rounds !== 'one' && history.items.length > 1,
	},
	'own account': {
		kind: 5,
		occurs: ({ history }) =>
			history.operation === 'deactivate' && history.items.some(({ person }) => person === 'self'),
	},
	'caller without the right to see everybody': {
		kind: 8,
		occurs: ({ history }) => history.caller === 'mayNotSee',
	},
	'get where nobody can be asked': {
		kind: 11,
		occurs: ({ history }) =>
			history.operation === 'get' && history.services.some((service) => !canLookUp(service)),
	},
	'invited in a dry run': {
		kind: 12,
		occurs: ({ history }) =>
			history.options.dryRun === true &&
			history.items.some(
				({ person }) => typeof person === 'number' && history.people[person]?.state === 'invited',
			),
	},
	'two tenants': { kind: 24, occurs: ({ history }) => history.tenants !== 'one' },
};

const NOTHING = 'nothing odd';

interface Count {
	/** Histories in which it occurred. */
	all: number;
	/** Those in which nothing else did, and a claim was not true. */
	failedAlone: number;
}

/** Counts what occurred, over many histories. */
export class Census {
	private readonly counts = new Map<string, Count>();
	private histories = 0;

	add(run: Run, isFailed: boolean): void {
		this.histories += 1;
		const names = oddIn(run);
		for (const name of names.length === 0 ? [NOTHING] : names) {
			const { all, failedAlone } = this.countOf(name);
			const isAlone = isFailed && names.length <= 1;
			this.counts.set(name, { all: all + 1, failedAlone: failedAlone + Number(isAlone) });
		}
	}

	/** One line for each, with the kinds of issue 14 that it belongs to. */
	lines(): string[] {
		return [...ENTRIES, [NOTHING, []] as const].map(([name, kinds]) => {
			const { all, failedAlone } = this.countOf(name);
			const failed =
				failedAlone === 0 ? '' : `  (${failedAlone} counterexamples with nothing else)`;
			return `${String(all).padStart(7)}  ${kinds.join(', ').padEnd(4)} ${name}${failed}`;
		});
	}

	/** What occurred too seldom for these many histories. */
	tooSeldom(): string[] {
		const least = Math.floor(this.histories * SHARE);
		return ENTRIES.flatMap(([name]) =>
			this.countOf(name).all < least ? [`${name}: fewer than ${least}`] : [],
		);
	}

	private countOf(name: string): Count {
		return this.counts.get(name) ?? { all: 0, failedAlone: 0 };
	}
}

/** Names of all odd answers and values of a history. */
export function oddIn(run: Run): string[] {
	const values = Object.entries(VALUES).flatMap(([name, { occurs }]) =>
		occurs(run) ? [name] : [],
	);
	return [...new Set([...values, ...run.met])];
}

const ENTRIES = [
	...Object.entries(VALUES).map(([name, { kind }]) => [name, [kind]] as const),
	...Object.entries(ODDITIES).map(([name, { kinds }]) => [name, kinds] as const),
].sort(([, [a = 99]], [, [b = 99]]) => a - b);

function forEach(names: readonly string[], value: (name: string) => Value): Record<string, Value> {
	return Object.fromEntries(names.map((name) => [name, value(name)]));
}
