import type { INodeExecutionData } from 'n8n-workflow';

import type { Service } from '../../nodes/shared/users/service';
import type { OffboardingRecord } from '../../nodes/shared/model/record';
import { recordProblems } from '../nodes/record.cts';
import { SECRET } from '../nodes/scriptedRun.cts';

/** A failed item, as n8n sends it to the error branch. */
export interface ErrorItem {
	error: string;
	details: Record<string, unknown>;
}

const REASONS: readonly unknown[] = [
	...['invalidInput', 'unauthorized', 'forbidden', 'notFound', 'ambiguousUser', 'protectedUser'],
	...['safetyLimit', 'alreadyDeactivated', 'refused', 'rateLimited', 'unavailable', 'timeout'],
	...['unexpectedResponse', 'canceled'],
];

const DETAILS: ReadonlySet<string> = new Set([
	...['service', 'operation', 'reason', 'description', 'userId', 'email', 'httpCode', 'code'],
	...['traceId', 'item', 'outcome'],
]);

/** What the message says of an error that was not expected: a crash that was caught. */
export const CRASH = 'Something unexpected happened';

/** The error of an item that failed as it may; nothing if it did not fail. */
export function errorOf(service: Service, { json }: INodeExecutionData): ErrorItem | undefined {
	if (!('error' in json)) return undefined;
	const { error, details, ...row } = json as unknown as ErrorItem;
	// On the error branch there is nothing else; among the results of the others it is a row of a table.
	if (Object.keys(row).length > 0) {
		const { service: name, operation, reason, description, userId, email } = details;
		expect({ operation: undefined, userId: undefined, email: undefined, ...row }).toEqual({
			...{ service: name, operation, reason, description, userId, email },
			outcome: 'failed',
		});
	}
	expect(error).toMatch(new RegExp(`^${service.displayName}[: ][^]+$`));
	expect(error).not.toContain(CRASH);
	// Nobody to speak of where somebody was given.
	expect(error).not.toContain("''");
	expect(details.service).toBe(service.name);
	expect(REASONS).toContain(details.reason);
	expect(details.description).toMatch(/[^ ]/);
	expect(Object.keys(details).filter((name) => !DETAILS.has(name))).toEqual([]);
	return { error, details };
}

/** The record of an item that did not fail: documented fields only. */
export function recordOf({ json }: INodeExecutionData): OffboardingRecord {
	expect(recordProblems(json)).toEqual([]);
	return json as unknown as OffboardingRecord;
}

/** Each input item comes out once, in order, and nothing of it holds the key. */
export function expectWhole(output: readonly INodeExecutionData[], items: number): void {
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: items }, (_, item) => ({ item })),
	);
	expect(mentions(output, SECRET)).toBe(false);
}

/**
 * Whether a text is anywhere in plain data, as a value or as a key. It needs no stack: an answer may
 * be nested deeper than there is one.
 */
export function mentions(data: unknown, text: string): boolean {
	const waiting = [data];
	while (waiting.length > 0) {
		const value = waiting.pop();
		if (typeof value === 'string' && value.includes(text)) return true;
		if (typeof value !== 'object' || value === null) continue;
		for (const [key, inner] of Object.entries(value)) {
			if (key.includes(text)) return true;
			waiting.push(inner);
		}
	}
	return false;
}
