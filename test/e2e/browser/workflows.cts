import { SEED } from '../../simulators/index.cts';
import type { ServiceName } from '../../simulators/index.cts';

/** Name of the node of ours in the workflows below. */
export const OURS = 'Offboarding';

export const byEmail = (value: string) => ({ __rl: true, mode: 'email', value });
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

interface NodeFacts {
	readonly name?: string;
	readonly parameters?: object;
	readonly onError?: 'continueErrorOutput';
	/** If given, the node gets an item for each. */
	readonly emails?: readonly string[];
	/** Others than the one that is there for each service. */
	readonly credentials?: object;
}

/** Fields that the node of a service needs to deactivate somebody. */
export function deactivation(service: ServiceName, email: string): object {
	switch (service) {
		case 'langdock':
		case 'odeus':
			return { email };
		case 'aitronos':
			return {
				organizationId: byId(SEED.aitronos.organizationId),
				userId: byEmail(email),
				transferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
			};
		case 'zitadel':
		case 'awork':
			return { userId: byEmail(email) };
	}
}

/** The credentials that there are for each service. */
export function credentialsFor(...services: readonly ServiceName[]) {
	return Object.fromEntries(
		services.map((service) => [`${service}AdminApi`, { id: service, name: service }]),
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
