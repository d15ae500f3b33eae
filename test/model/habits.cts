import type { ScimHabits } from '../simulators/index.cts';
import type { History } from './history.cts';
import { acting, deactivating, type Oddity } from './oddity.cts';
import type { Purpose } from './services.cts';

/** What SCIM servers are like: oddities of one service. They show the truth all the same. */

/** @param on the requests at which it shows; all unless told */
function habit(
	habits: ScimHabits,
	on: readonly Purpose[] | undefined,
	facts: Partial<Oddity> = { harmless: true },
) {
	const oddity: Oddity = {
		at: ['scim'],
		...(on && { on }),
		lasting: true,
		isTrue: true,
		weight: 5,
		...facts,
		async meet({ world, tenant, forward }) {
			world.behave(tenant, habits);
			return await forward();
		},
	};
	return oddity;
}

/** In Offboard User, the other services have oddities of their own. */
const changing =
	(arrange: (history: History) => History) =>
	(history: History): History =>
		history.node === 'scim' ? arrange(history) : history;

/** Found out by the node by itself, unless it is told how to change users. */
function found(habits: ScimHabits, on: readonly Purpose[] | undefined = ['change']): Oddity {
	return habit(habits, on, {
		harmless: true,
		weight: 13,
		arrange: (history) => {
			const arranged = changing(acting)(history);
			return { ...arranged, options: { ...arranged.options, updateMethod: undefined } };
		},
	});
}

const LIST: readonly Purpose[] = ['list'];

export const HABITS = {
	'PATCH ignored': found({ patch: 'ignored' }),
	'all changes ignored': habit({ patch: 'ignored', put: 'ignored' }, ['change'], {
		weight: 16,
		arrange: changing(acting),
	}),
	'PATCH with path only': found({ patch: 'withPathOnly' }),
	'PATCH without path only': found({ patch: 'withoutPathOnly' }),
	'no PATCH': found({ patch: 'unsupported' }),
	'active as text': habit({ active: 'text' }, undefined),
	'SCIM filter ignored': habit({ filter: 'ignored' }, LIST),
	'filter by prefix': habit({ filter: 'prefix' }, LIST),
	'no filter': habit({ filter: 'unsupported' }, LIST),
	'filter by user name only': habit({ filter: 'userNameOnly' }, LIST),
	'removed when deactivated': habit({ deactivated: 'removed' }, ['change'], {
		harmless: true,
		weight: 14,
		arrange: changing(deactivating),
	}),
	'unsupported ETags': found({ etags: 'unsupported', patch: 'unsupported' }, undefined),
	'If-Match required': found({ etags: 'required' }, undefined),
	'few in a page': habit({ maxCount: 2 }, LIST),
	'no ServiceProviderConfig': found({ config: 'missing', patch: 'unsupported' }),
} satisfies Record<string, Oddity>;
