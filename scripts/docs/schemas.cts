import { SERVICES } from '../../nodes/OffboardUser/services';
import type { AccountKind, AccountRow, Outcome } from '../../nodes/shared/model/record';
import type { Service } from '../../nodes/shared/users/service';
import { RECORD, STATES } from './meanings.cts';

/**
 * The JSON schemas of the output, by which the editor offers fields before the first run. n8n looks
 * for one file per resource and operation beside each node, so the files repeat what all services have
 * in common; this is their only source.
 */

type Schema = Readonly<Record<string, unknown>>;

const KINDS: readonly AccountKind[] = ['person', 'serviceAccount', 'external', 'agent', 'unknown'];

const OUTCOMES: Readonly<Record<string, readonly Outcome[]>> = {
	deactivate: ['deactivated', 'alreadyDeactivated', 'wouldDeactivate', 'notFound'],
	get: ['found', 'notFound'],
	reactivate: ['reactivated', 'alreadyActive', 'wouldReactivate', 'notFound'],
};

const text: Schema = { type: 'string', minLength: 1 };
const flag: Schema = { type: 'boolean' };
const state: Schema = { type: 'string', enum: Object.keys(STATES) };
const count: Schema = { type: 'integer', minimum: 0 };

/** What the fields of the same name may hold anywhere; all others hold a text. */
const FIELDS: Schema = {
	...{ changed: flag, verified: flag, complete: flag },
	...{ state, stateBefore: state, stateAfter: state },
	...{ sessionsEnded: count, item: count },
	emails: { type: 'array', items: text },
	kind: { type: 'string', enum: KINDS },
	response: {},
};

/** Fields that an item may lack although the service has them. */
const OPTIONAL = ['userId', 'email', 'userName', 'externalId', 'name', 'sessionsEnded', 'warning'];

function object(names: readonly string[], own: Schema, required?: readonly string[]): Schema {
	return {
		type: 'object',
		properties: Object.fromEntries(
			names.map((name) => [name, own[name] ?? FIELDS[name] ?? text]),
		) as Schema,
		required: required ?? names.filter((name) => !OPTIONAL.includes(name)),
		additionalProperties: false,
	};
}

const serviceOf = ({ name, appField }: Service): Schema =>
	appField === undefined ? { type: 'string', const: name } : text;

const ROW: ReadonlyArray<keyof AccountRow> = [
	...(['service', 'userId', 'email', 'emails', 'name', 'state', 'kind', 'warning'] as const),
];

/** A row, or the record as it is output by default: without the service's response. */
function itemOf(service: Service, operation: string): Schema {
	if (operation === 'getAll') return object(ROW, { service: serviceOf(service) });
	const { parameters = {}, options = {} } = service.operations[operation] ?? {};
	const modes = parameters['userId']?.property.modes?.map((mode) => mode.name) ?? [];
	const never = [
		'response',
		...('userId' in parameters ? [] : ['userId']),
		...['userName', 'externalId'].filter((field) => !modes.includes(field)),
		...('endSessions' in options ? [] : ['sessionsEnded']),
	];
	const names = Object.keys(RECORD).filter((name) => !never.includes(name));
	return object(names, {
		service: serviceOf(service),
		operation: { type: 'string', const: operation },
		outcome: { type: 'string', enum: OUTCOMES[operation] },
	});
}

/** What came of a person at one service: a record, why it failed, or that the service can't be asked. */
const ENTRY = [
	...['service', 'operation', 'outcome', 'changed', 'userId', 'email', 'stateBefore', 'stateAfter'],
	...['verified', 'timestamp', 'sessionsEnded', 'warning', 'response', 'reason', 'message'],
	...['description', 'httpCode', 'code', 'traceId', 'item'],
];

/** The item of Offboard User. */
function personFor(operation: string): Schema {
	const states = operation === 'get' ? Object.keys(STATES) : [];
	const values = new Set([...(OUTCOMES[operation] ?? []), ...states, 'failed', 'notAsked']);
	const column = { type: 'string', enum: [...values].filter((value) => value !== 'found') };
	const services = SERVICES.map(({ service }) => service.name);
	const entry = object(ENTRY, { description: { type: 'string' } }, ['service']);
	return object(
		[
			...['email', 'complete', 'summary', 'dryRun', ...services, 'services'],
			...['reason', 'description', 'error'],
		],
		{
			dryRun: { type: 'boolean', const: true },
			services: { type: 'array', items: entry },
			...Object.fromEntries(services.map((name) => [name, column])),
		},
		['complete', 'summary', 'services'],
	);
}

/** The files by their path in the package. */
export function schemaFiles(): ReadonlyMap<string, string> {
	const files = new Map<string, string>();
	const add = (node: string, operation: string, schema: Schema) => {
		const path = `nodes/${node}/__schema__/v1.0.0/user/${operation}.json`;
		files.set(path, JSON.stringify(schema));
	};
	for (const { service, node } of SERVICES) {
		for (const operation of Object.keys(service.operations)) {
			add(node.constructor.name, operation, itemOf(service, operation));
		}
	}
	for (const operation of Object.keys(OUTCOMES)) {
		add('OffboardUser', operation, personFor(operation));
	}
	return files;
}
