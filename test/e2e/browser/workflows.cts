import { SUBJECTS } from '../../harness/subjects.cts';
import type { ServiceName } from '../../simulators/index.cts';

/** Name of the node of ours in the workflows below. */
export const OURS = 'Offboarding';

export { byEmail, byId } from '../../harness/locators.cts';

interface NodeFacts {
	readonly name?: string;
	readonly parameters?: object;
	readonly onError?: 'continueErrorOutput' | 'continueRegularOutput';
	/** If given, the node gets an item for each. */
	readonly emails?: readonly string[];
	/** Others than the one that is there for each service. */
	readonly credentials?: object;
}

/** Fields that the node of a service needs to deactivate somebody. */
export function deactivation(service: ServiceName, email: string): object {
	return SUBJECTS[service].parameters({ email });
}

/** The credentials that there are for each service. */
export function credentialsFor(...services: readonly ServiceName[]) {
	return Object.fromEntries(
		services.map((service) => [SUBJECTS[service].credentialType, { id: service, name: service }]),
	);
}

/** A workflow that is started by hand and leads to one node of ours, with its credential chosen. */
export function workflowWith(type: ServiceName | 'offboardUser', facts: NodeFacts = {}) {
	const {
		name: ours = OURS,
		parameters = {},
		onError,
		emails = [],
		credentials = credentialsFor(...(type === 'offboardUser' ? [] : [type])),
	} = facts;
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Leavers',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return ${JSON.stringify(emails.map((email) => ({ email })))}` },
		},
		{
			name: ours,
			type: `n8n-nodes-offboarding.${type}`,
			typeVersion: 1,
			parameters: { resource: 'user', operation: 'deactivate', ...parameters },
			credentials,
			...(onError !== undefined && { onError }),
		},
	].filter(({ name }) => emails.length > 0 || name !== 'Leavers');
	return {
		name: 'Offboarding',
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, index) => ({
			id: `node-${index}`,
			position: [index * 220, 0],
			...node,
		})),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, index) => [
					nodes[index]?.name,
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		),
	};
}
