import { ExecutionLifecycleHooks } from 'n8n-core';
import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** What n8n's server hands to the engine, as far as an execution in a test needs it. */
export function additionalDataFor(
	credentialsHelper: ICredentialsHelper,
): IWorkflowExecuteAdditionalData {
	const url = 'http://localhost/';
	const data: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper,
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: url,
		instanceBaseUrl: url,
		formWaitingBaseUrl: url,
		webhookWaitingBaseUrl: url,
		variables: {},
		hooks: new ExecutionLifecycleHooks('manual', '1', {
			id: '1',
			name: 'test',
			nodes: [],
			connections: {},
			active: false,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(0),
			updatedAt: new Date(0),
		}),
	};
	return data as IWorkflowExecuteAdditionalData;
}
