import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv, type ValidateFunction } from 'ajv';
import type { IDataObject } from 'n8n-workflow';

import { SERVICES } from '../../nodes/OffboardUser/services';
import type { OffboardingRecord } from '../../nodes/shared/model/record';

const ajv = new Ajv({ allErrors: true });
const compiled = new Map<string, ValidateFunction>();

/** What the schema has against an output: the one by which the editor offers fields before a run. */
export function schemaProblems(node: string, operation: string, json: IDataObject): string[] {
	const path = join('nodes', node, '__schema__/v1.0.0/user', `${operation}.json`);
	const validate =
		compiled.get(path) ?? ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
	compiled.set(path, validate);
	return validate(json) ? [] : (validate.errors ?? []).map((error) => JSON.stringify(error));
}

/** What is wrong with a record: fields of the schema, no others, and nothing made up in their place. */
export function recordProblems(name: string, record: IDataObject): string[] {
	const json = { ...record };
	delete json.response;
	const { operation, outcome, changed, userId, email, verified, stateAfter } =
		json as unknown as OffboardingRecord;
	return [
		...schemaProblems(nodeOf(name), operation, json),
		...(changed === ['deactivated', 'reactivated'].includes(outcome) ? [] : ['wrongly changed']),
		...((userId ?? email) ? [] : ['about nobody']),
		...(verified && stateAfter === 'unknown' ? ['verified and unknown'] : []),
	];
}

/** The name of a service's node: that of its folder. */
export function nodeOf(name: string): string {
	const { node } = SERVICES.find(({ service }) => service.name === name) ?? {};
	if (!node) throw new Error(`no service ${name}`);
	return node.constructor.name;
}
