import { SERVICES } from '../../nodes/OffboardUser/services';
import type { Service } from '../../nodes/shared/users/service';
import { STATES } from './meanings.cts';
import type { AccountKind, AccountRow, OffboardingRecord, Outcome } from './source.cts';

/**
 * The JSON schemas of the output, by which the editor offers fields before the first run. n8n looks
 * for one file per resource and operation beside each node, so the files repeat what all services have
 * in common; this is their only source.
 */

interface Schema {
	readonly [keyword: string]: unknown;
}

const KINDS: readonly AccountKind[] = ['person', 'serviceAccount', 'external', 'agent', 'unknown'];

const text: Schema = { type: 'string', minLength: 1 };
const flag: Schema = { type: 'boolean' };
const state: Schema = { type: 'string', enum: Object.keys(STATES) };

const OUTCOMES: Readonly<Record<string, readonly Outcome[]>> = {
	deactivate: ['deactivated', 'alreadyDeactivated', 'wouldDeactivate', 'notFound'],
	get: ['found', 'notFound'],
	reactivate: ['reactivated', 'alreadyActive', 'wouldReactivate', 'notFound'],
};

/** Fields that a record may lack although the service has them. */
const OPTIONAL: ReadonlySet<string> = new Set([
	...['userId', 'email', 'userName', 'externalId', 'name', 'sessionsEnded', 'warning'],
]);

function object(properties: Schema): Schema {
	return {
		type: 'object',
		properties,
		required: Object.keys(properties).filter((name) => !OPTIONAL.has(name)),
		additionalProperties: false,
	};
}

/** The record as it is output by default: without the service's response. */
function recordOf({ name, operations, appField }: Service, operation: string): Schema {
	const { parameters = {}, options = {} } = operations[operation] ?? {};
	const fields: Record<Exclude<keyof OffboardingRecord, 'response'>, Schema> = {
		service: appField === undefined ? { type: 'string', const: name } : text,
		operation: { type: 'string', const: operation },
		outcome: { type: 'string', enum: OUTCOMES[operation] },
		changed: flag,
		userId: text,
		email: text,
		userName: text,
		externalId: text,
		stateBefore: state,
		stateAfter: state,
		verified: flag,
		timestamp: text,
		sessionsEnded: { type: 'integer', minimum: 0 },
		warning: text,
	};
	const modes = parameters['userId']?.property.modes?.map((mode) => mode.name) ?? [];
	const never = [
		...('userId' in parameters ? [] : ['userId']),
		...['userName', 'externalId'].filter((field) => !modes.includes(field)),
		...('endSessions' in options ? [] : ['sessionsEnded']),
	];
	return object(
		Object.fromEntries(Object.entries(fields).filter(([field]) => !never.includes(field))),
	);
}

/** An account of Get Many. */
function accountOf({ name, appField }: Service): Schema {
	const fields: Record<keyof AccountRow, Schema> = {
		service: appField === undefined ? { type: 'string', const: name } : text,
		userId: text,
		email: text,
		emails: { type: 'array', items: text },
		name: text,
		state,
		kind: { type: 'string', enum: KINDS },
		warning: text,
	};
	return object(fields);
}

/** What came of a person at one service: a record, why it failed, or that the service can't be asked. */
const entry: Schema = {
	type: 'object',
	properties: {
		...{ service: text, operation: text, outcome: text, changed: flag, userId: text, email: text },
		...{ stateBefore: state, stateAfter: state, verified: flag, timestamp: text },
		...{ sessionsEnded: { type: 'integer', minimum: 0 }, warning: text, response: {} },
		...{ reason: text, message: text, description: { type: 'string' }, httpCode: text, code: text },
		...{ traceId: text, item: { type: 'integer', minimum: 0 } },
	},
	required: ['service'],
	additionalProperties: false,
};

/** The item of Offboard User. */
function personFor(operation: string): Schema {
	const states = operation === 'get' ? Object.keys(STATES) : [];
	const column = {
		type: 'string',
		enum: [...new Set([...(OUTCOMES[operation] ?? []), ...states, 'failed', 'notAsked'])].filter(
			(value) => value !== 'found',
		),
	};
	return {
		type: 'object',
		properties: {
			...{ email: text, complete: flag, summary: text, dryRun: { type: 'boolean', const: true } },
			...Object.fromEntries(SERVICES.map(({ service }) => [service.name, column])),
			services: { type: 'array', items: entry },
			...{ reason: text, description: text, error: text },
		},
		required: ['complete', 'summary', 'services'],
		additionalProperties: false,
	};
}

/** The files by their path in the package. */
export function schemaFiles(): ReadonlyMap<string, string> {
	const pathOf = (node: string, operation: string) =>
		`nodes/${node}/__schema__/v1.0.0/user/${operation}.json`;
	const records = SERVICES.flatMap(({ service, node }) =>
		Object.keys(service.operations).map(
			(operation) =>
				[
					pathOf(node.constructor.name, operation),
					operation === 'getAll' ? accountOf(service) : recordOf(service, operation),
				] as const,
		),
	);
	const people = Object.keys(OUTCOMES).map(
		(operation) => [pathOf('OffboardUser', operation), personFor(operation)] as const,
	);
	return new Map([...records, ...people].map(([path, schema]) => [path, JSON.stringify(schema)]));
}
