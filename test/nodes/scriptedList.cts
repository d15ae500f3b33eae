import type {
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
} from 'n8n-workflow';

import { SECRET, type ScriptedAnswer } from './scriptedRun.cts';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	page?: string,
) => Promise<INodeListSearchResult>;

export interface ScriptedList {
	/** Answers in the order in which the list asks. */
	answers: ScriptedAnswer[];
	/** Other fields of the node. */
	parameters?: Record<string, unknown>;
	filter?: string;
	page?: string;
}

/** Opens a list of the editor with scripted answers in the place of n8n's request helper. */
export async function scriptedList(
	search: ListSearch,
	{ answers: [...answers], parameters = {}, filter, page }: ScriptedList,
) {
	const requests: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => ({
			id: '1',
			name: 'Node under test',
			type: 'n8n-nodes-offboarding.test',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}),
		getNodeParameter: (name: string) => parameters[name],
		getCurrentNodeParameter: (name: string) => parameters[name],
		getCredentials: async () =>
			await Promise.resolve({
				baseUrl: 'https://service.example.org',
				apiKey: SECRET,
				accessToken: SECRET,
			}),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				requests.push(options);
				const answer = answers.shift();
				if (!answer) throw new Error('the list asked more often than the script answers');
				if ('reject' in answer) throw answer.reject;
				const { status, body, headers = {} } = answer;
				return await Promise.resolve({ statusCode: status, headers, body: JSON.stringify(body) });
			},
		},
	};
	const result = await search.call(context as unknown as ILoadOptionsFunctions, filter, page);
	return { ...result, requests };
}
