import type { INodeProperties } from 'n8n-workflow';

/** awork has one host for everybody; a gateway in between, or a simulator, has another. */
export const aworkBaseUrl: Partial<INodeProperties> = {
	default: 'https://api.awork.com/api/v1',
	description: 'Leave as it is unless requests to awork have to go through a gateway of yours',
};
