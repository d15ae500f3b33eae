import { SERVICES } from '../../../nodes/OffboardUser/services';
import { SUBJECTS } from '../../harness/subjects.cts';
import { STAFF } from '../../simulators/index.cts';
import { EVERYWHERE, type NodeName, type ToolNode } from './tools.cts';

const ACTIONS = {
	deactivate: 'Deactivate user (ends access, safe to repeat)',
	get: 'Get state of user (changes nothing)',
	reactivate: 'Reactivate user (restores access, safe to repeat)',
} as const;
const ACTIONS_EVERYWHERE = {
	deactivate: 'Deactivate user everywhere (ends access, safe to repeat)',
	get: 'Get state of user everywhere (changes nothing)',
	reactivate: 'Reactivate user everywhere (restores access, safe to repeat)',
} as const;

type OperationName = keyof typeof ACTIONS;
const OPERATIONS = Object.keys(ACTIONS) as OperationName[];

/** Every node and operation, and what a model has to read of it. */
const EXPECTED: ReadonlyArray<
	readonly [node: NodeName, operation: OperationName, description: string]
> = [
	...SERVICES.flatMap(({ service }) =>
		OPERATIONS.filter((operation) => Object.hasOwn(service.operations, operation)).map(
			(operation) =>
				[
					service.name as NodeName,
					operation,
					`${ACTIONS[operation]} in ${service.displayName}`,
				] as const,
		),
	),
	...OPERATIONS.map(
		(operation) =>
			['offboardUser', operation, `${ACTIONS_EVERYWHERE[operation]} in Offboard User`] as const,
	),
];

const { email } = STAFF.leaver;

/** A tool for each node and operation, with all fields filled in. */
export const TOOL_OF_EACH: readonly ToolNode[] = EXPECTED.map(([node, operation]) => ({
	name: `${node}_${operation}`,
	node,
	parameters: {
		...(node === 'offboardUser' ? { ...EVERYWHERE, email } : SUBJECTS[node].parameters({ email })),
		operation,
	},
}));

/** What a model has to read, by the name of the tool. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = Object.fromEntries(
	EXPECTED.map(([node, operation, description]) => [`${node}_${operation}`, description]),
);
