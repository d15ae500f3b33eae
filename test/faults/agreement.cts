import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../harness/engine.cts';
import { NODE_NAME } from '../harness/runNode.cts';
import type { AccountState, Simulator } from '../simulators/index.cts';

/** What a run was about. */
export interface Item {
	/** How the simulator calls the account; nobody has it if `isNobody`. */
	id: string;
	isNobody: boolean;
	json: IDataObject;
}

/** The state of every account of a simulator, by id. */
export type States = ReadonlyMap<string, AccountState>;

export function statesOf(simulator: Simulator): States {
	return new Map(simulator.accounts().map(({ id, state }) => [id, state]));
}

/** What came out for one input item. */
export interface Outcome {
	branch: 'done' | 'failed';
	json: IDataObject;
}

/**
 * Compares, account by account, what a run says with what the simulator knows: nothing lost, nothing
 * twice, nothing reported that did not happen. Gives what does not agree, in words.
 *
 * @param mayFail tells of a failure that is right, whatever the weather
 */
export function disagreements(
	items: readonly Item[],
	outcomes: ReadonlyMap<number, readonly Outcome[]>,
	before: States,
	after: States,
	mayFail: (item: Item, reason: unknown, stateAfter: AccountState | undefined) => boolean,
): string[] {
	const meant = new Set(items.map(({ id }) => id));
	return [
		...items.flatMap((item, index) => {
			const own = outcomes.get(index) ?? [];
			const [only] = own;
			if (!only || own.length > 1) return [`${item.id}: came out ${own.length} times`];
			const [was, is] = [before.get(item.id), after.get(item.id)];
			const problem =
				only.branch === 'done'
					? wrongRecord(only.json, item, was, is)
					: wrongError(only.json, item, was, is, mayFail);
			return problem === undefined ? [] : [`${item.id} (${was} → ${is}): ${problem}`];
		}),
		...[...after].flatMap(([id, state]) =>
			meant.has(id) || state === before.get(id) ? [] : [`${id}: was touched, and nobody meant it`],
		),
	];
}

/** What the node of a service put out, by input item. */
export function outcomesOf(execution: Execution): Map<number, Outcome[]> {
	const outcomes = new Map<number, Outcome[]>();
	for (const [index, items] of execution.output(NODE_NAME).entries()) {
		const branch = index === 0 ? 'done' : 'failed';
		for (const { json, pairedItem } of items) {
			const { item } = pairedItem as { item: number };
			outcomes.set(item, [...(outcomes.get(item) ?? []), { branch, json }]);
		}
	}
	return outcomes;
}

function wrongRecord(
	record: IDataObject,
	{ isNobody }: Item,
	was: AccountState | undefined,
	is: AccountState | undefined,
): string | undefined {
	const { outcome, changed, warning } = record;
	// A conclusion from an answer that got lost says that it is one.
	const isConcluded = typeof warning === 'string';
	if (isNobody && !isConcluded) return `nobody has it, and the outcome is ${String(outcome)}`;
	switch (outcome) {
		case 'deactivated':
			if (changed !== true) return 'deactivated, but not changed';
			if (!isNobody && is !== 'deactivated') return 'reported as deactivated';
			return was === 'deactivated' && !isConcluded ? 'was so before' : undefined;
		case 'alreadyDeactivated':
			if (changed !== false) return 'already deactivated, but changed';
			if (is !== 'deactivated') return 'reported as deactivated';
			return was === 'deactivated' || isConcluded ? undefined : 'was not so before';
		default:
			return `has the outcome ${String(outcome)}`;
	}
}

function wrongError(
	{ error, details, employee }: IDataObject,
	item: Item,
	was: AccountState | undefined,
	is: AccountState | undefined,
	mayFail: (item: Item, reason: unknown, stateAfter: AccountState | undefined) => boolean,
): string | undefined {
	if (employee !== item.json.employee) return 'was not merged with its input';
	const { reason, description } = (details ?? {}) as { reason?: unknown; description?: unknown };
	if (!mayFail(item, reason, is)) return `failed: ${String(error)} ${String(description)}`;
	const isHonest = String(description).includes("isn't known whether the user was changed");
	return was !== is && !isHonest ? 'was changed, and the error does not say so' : undefined;
}
