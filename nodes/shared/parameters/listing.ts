import { z } from 'zod';

import { ACCOUNT_STATES, type AccountState } from '../model/record';
import { readParameters, type Parameter, type ParameterReader } from './reading';

/** Whether Get Many returns all accounts, or only some. */
export const returnAll: Parameter<boolean> = {
	property: {
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	schema: z.boolean({ message: 'must be true or false' }),
};

/** Asked for only where not all are returned. */
export const limit: Parameter<number> = {
	property: {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	schema: z
		.number({ invalid_type_error: 'must be a number of results' })
		.int('must be a whole number')
		.min(1, 'must be at least 1'),
};

const MUST_BE_STATES = { message: `must be a list of states: ${ACCOUNT_STATES.join(', ')}` };

/** Which accounts Get Many returns. */
export const states: Parameter<readonly AccountState[]> = {
	property: {
		displayName: 'States',
		name: 'states',
		type: 'multiOptions',
		default: [],
		description: 'Return only accounts in these states. Leave empty for all.',
		options: ACCOUNT_STATES.map((value) => ({
			name: value.charAt(0).toUpperCase() + value.slice(1),
			value,
		})),
	},
	schema: z.array(z.enum(ACCOUNT_STATES, MUST_BE_STATES), MUST_BE_STATES),
};

/** Which accounts are asked for. */
export interface Wanted {
	/** Infinity for all. */
	limit: number;
	/** Empty for all. */
	states: readonly AccountState[];
}

/** @throws Failure `invalidInput` */
export function readWanted(read: ParameterReader): Wanted {
	const wanted = readParameters<{ returnAll: boolean; states: readonly AccountState[] }>(
		{ returnAll, states },
		read,
	);
	return {
		states: wanted.states,
		// n8n has no value for a field that it does not show.
		limit: wanted.returnAll ? Infinity : readParameters<{ limit: number }>({ limit }, read).limit,
	};
}
