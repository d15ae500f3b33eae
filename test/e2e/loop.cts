import { byEmail } from '../harness/locators.cts';
import { STAFF } from '../simulators/index.cts';

export const LOOP_WORKFLOW_ID = 'loop';

/** Two people, one in each round of a loop, and a node that may deactivate one of them. */
export function loopWorkflow(): object {
	const email = [STAFF.leaver.email, STAFF.colleague.email];
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'People',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ email }), options: {} },
		},
		{
			name: 'Split',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'email', options: {} },
		},
		{
			name: 'Loop',
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			parameters: { batchSize: 1, options: {} },
		},
		{
			name: 'One at Most',
			type: 'n8n-nodes-offboarding.awork',
			typeVersion: 1,
			onError: 'continueRegularOutput',
			parameters: {
				resource: 'user',
				operation: 'deactivate',
				userId: byEmail('={{ $json.email }}'),
				includeSummary: false,
				options: { safetyLimit: 1 },
			},
			credentials: { aworkAdminApi: { id: 'awork', name: 'awork simulator' } },
		},
	];
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	return {
		id: LOOP_WORKFLOW_ID,
		name: 'Loop',
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, index) => ({ id: String(index), position: [0, index * 100], ...node })),
		connections: {
			Start: { main: [to('People')] },
			People: { main: [to('Split')] },
			Split: { main: [to('Loop')] },
			Loop: { main: [[], to('One at Most')] },
			'One at Most': { main: [to('Loop')] },
		},
	};
}
