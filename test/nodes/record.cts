import { z } from 'zod';

import { SERVICES } from '../../nodes/OffboardUser/services';

const state = z.enum(['active', 'deactivated', 'locked', 'invited', 'archived', 'unknown']);
const text = z.string().min(1);
const NAMES = new Set(SERVICES.map(({ service }) => service.name));

/** The record of DESIGN.md: these fields, no others, and nothing made up in their place. */
export const record = z
	.object({
		service: text.refine((name) => NAMES.has(name), 'a known service'),
		operation: z.enum(['deactivate', 'get', 'reactivate']),
		outcome: z.enum([
			'deactivated',
			'alreadyDeactivated',
			'wouldDeactivate',
			'reactivated',
			'alreadyActive',
			'wouldReactivate',
			'notFound',
			'found',
		]),
		changed: z.boolean(),
		userId: text.optional(),
		email: text.optional(),
		stateBefore: state,
		stateAfter: state,
		verified: z.boolean(),
		timestamp: z.string().datetime(),
		// None to end is a fact like any other.
		sessionsEnded: z.number().int().nonnegative().optional(),
		warning: text.optional(),
		response: z.unknown(),
	})
	.strict()
	.refine(
		({ outcome, changed }) => changed === ['deactivated', 'reactivated'].includes(outcome),
		'changed only if this run did it',
	)
	.refine(({ userId, email }) => userId ?? email, 'somebody it is about')
	.refine(
		({ verified, stateAfter }) => !verified || stateAfter !== 'unknown',
		'what was verified is known',
	);
