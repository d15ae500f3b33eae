import { SERVICES } from '../../nodes/OffboardUser/services';
import type { Service } from '../../nodes/shared/users/service';
import { STATES } from './meanings.cts';
import type { OffboardingRecord, Outcome } from './source.cts';

/**
 * The JSON schemas of the output, by which the editor offers fields before the first run. n8n looks
 * for one file per resource and operation beside each node, so the files repeat what all services have
 * in common; this is their only source.
 */

interface Schema {
	readonly [keyword: string]: unknown;
}

const text: Schema = { type: 'string', minLength: 1 };
const flag: Schema = { type: 'boolean' };
const state: Schema = { type: 'string', enum: Object.keys(STATES) };

const OUTCOMES: Readonly<Record<string, readonly Outcome[]>> = {
	deactivate: ['deactivated', 'alreadyDeactivated', 'wouldDeactivate', 'notFound'],
	get: ['found', 'notFound'],
	reactivate: ['reactivated', 'alreadyActive', 'wouldReactivate', 'notFound'],
};

/** Fields that a record may lack although the service has them. */
const OPTIONAL: ReadonlySet<string> = new Set(['userId', 'email', 'sessionsEnded', 'warning']);

function object(properties: Schema): Schema {
	return {
		type: 'object',
		properties,
		required: Object.keys(properties).filter((name) => !OPTIONAL.has(name)),
		additionalProperties: false,
	};
}

/** The record as it is output by default: without the service's response. */
function recordOf({ name, operations }: Service, operation: string): Schema {
	const { parameters = {}, options = {} } = operations[operation] ?? {};
	const fields: Record<Exclude<keyof OffboardingRecord, 'response'>, Schema> = {
		service: { type: 'string', const: name },
		operation: { type: 'string', const: operation },
		outcome: { type: 'string', enum: OUTCOMES[operation] },
		changed: flag,
		userId: text,
		email: text,
		stateBefore: state,
		stateAfter: state,
		verified: flag,
		timestamp: text,
		sessionsEnded: { type: 'integer', minimum: 0 },
		warning: text,
	};
	const never = [
		...('userId' in parameters ? [] : ['userId']),
		...('endSessions' in options ? [] : ['sessionsEnded']),
	];
	return object(
		Object.fromEntries(Object.entries(fields).filter(([field]) => !never.includes(field))),
	);
}

/** The files by their path in the package. */
export function schemaFiles(): ReadonlyMap<string, string> {
	return new Map(
		SERVICES.flatMap(({ service, node }) =>
			Object.keys(service.operations).map((operation) => [
				`nodes/${node.constructor.name}/__schema__/v1.0.0/user/${operation}.json`,
				JSON.stringify(recordOf(service, operation)),
			]),
		),
	);
}
