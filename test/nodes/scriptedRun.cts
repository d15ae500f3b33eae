import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	NodeExecutionHint,
} from 'n8n-workflow';

import { execute } from '../../nodes/shared/n8n/execute';
import type { Service } from '../../nodes/shared/users/service';

/** An answer as n8n's request helper hands it over, or an error it rejects with. */
export type ScriptedAnswer =
	| { status: number; body?: unknown; headers?: Record<string, unknown> }
	| { reject: unknown };

/** Answers in the order in which the node asks, or whatever a function makes of each request. */
export type Script =
	| ScriptedAnswer[]
	| ((request: IHttpRequestOptions) => ScriptedAnswer | Promise<ScriptedAnswer>);

export interface ScriptedRun {
	/** Parameters of the node; a list stands for one value per item. */
	parameters: Record<string, unknown>;
	answers: Script;
	items?: number;
	continueOnFail?: boolean;
	onError?: 'continueErrorOutput';
	/** As n8n's AI Agent of that version runs it. */
	asToolOf?: 2 | 3;
	credential?: Record<string, unknown>;
	/** What the node keeps for its further rounds in the execution. */
	store?: object;
	/** Of the execution. */
	signal?: AbortSignal;
	/** With 'Retry On Fail', and in which run of a loop. */
	retriedRun?: number;
	/** Is told of each parameter that is evaluated. */
	read?: (name: string) => void;
}

export interface ScriptedResult {
	output: INodeExecutionData[];
	/** What the node asked the request helper for. */
	requests: IHttpRequestOptions[];
	/** What stands above the output. */
	hints: string[];
}

function withPatience(options: unknown): unknown {
	const isCollection = typeof options === 'object' && options !== null && !Array.isArray(options);
	return options === undefined || isCollection
		? { maxRetries: 0, output: 'record', parallelRequests: 1, endSessions: false, ...options }
		: options;
}

/** Unmistakable, so that a leak is one. */
export const SECRET = 'sk-ld-5ecr3t-5ecr3t-5ecr3t';

/**
 * Runs a node's `execute` with scripted answers in the place of n8n's request helper: for tables of
 * answers. That the real helper is used rightly is shown in test/workflow.
 */
export async function scriptedRun(service: Service, run: ScriptedRun): Promise<ScriptedResult> {
	const authentication = service.credentials[0]?.authentication;
	const { outputs, ...seen } = await scriptedExecution(
		service,
		{ ...run, parameters: { authentication, ...run.parameters } },
		async (context) => await execute(context, service),
	);
	return { output: outputs[0] ?? [], ...seen };
}

/** The same for anything that n8n calls of any node. */
export async function scriptedExecution<T>(
	node: Pick<Service, 'name' | 'displayName'>,
	run: ScriptedRun,
	executeNode: (context: IExecuteFunctions) => Promise<T>,
): Promise<{ outputs: T } & Omit<ScriptedResult, 'output'>> {
	const requests: IHttpRequestOptions[] = [];
	const hints: string[] = [];
	const answers = typeof run.answers === 'function' ? [] : [...run.answers];
	const objections: unknown[] = [];
	const answerTo = async (request: IHttpRequestOptions): Promise<ScriptedAnswer | undefined> => {
		if (typeof run.answers !== 'function') return answers.shift();
		try {
			return await run.answers(request);
		} catch (error) {
			// The node takes it for a broken connection: the test must know of it all the same.
			objections.push(error);
			throw error;
		}
	};
	const parameters: Record<string, unknown> = {
		resource: 'user',
		operation: 'deactivate',
		...run.parameters,
		// Answers are scripted in order, none is asked for twice unless a test is about that, and they
		// are in the record.
		options: withPatience(run.parameters.options),
	};

	const { store = {} } = run;
	const context = {
		getCurrentNodeParameter: (name: string) => parameters[name],
		getContext: () => store,
		getNode: () => ({
			...{ id: '1', name: node.displayName, typeVersion: 1, position: [0, 0], parameters: {} },
			type: `n8n-nodes-offboarding.${node.name}${run.asToolOf === undefined ? '' : 'Tool'}`,
			...(run.onError && { onError: run.onError }),
			...(run.retriedRun !== undefined && { retryOnFail: true }),
		}),
		getWorkflowDataProxy: () => ({ $runIndex: run.retriedRun }),
		getInputData: () => Array.from({ length: run.items ?? 1 }, () => ({ json: {} })),
		getNodeParameter(name: string, item: number, _: unknown, { rawExpressions = false } = {}) {
			const value = parameters[name];
			if (!rawExpressions) run.read?.(name);
			// These are lists for all items.
			if (!Array.isArray(value) || ['services', 'states'].includes(name)) return value as unknown;
			return rawExpressions ? '={{ $json }}' : (value[item] as unknown);
		},
		getExecutionCancelSignal: () => run.signal,
		getCredentials: async () =>
			await Promise.resolve({
				...{ baseUrl: 'https://service.example.org', authentication: 'accessToken' },
				...{ apiKey: SECRET, accessToken: SECRET, ...run.credential },
			}),
		continueOnFail: () => run.continueOnFail ?? false,
		isToolExecution: () => run.asToolOf === 2,
		addExecutionHints: (...added: NodeExecutionHint[]) =>
			hints.push(...added.map(({ message }) => message)),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				requests.push(options);
				const answer = await answerTo(options);
				if (!answer) throw new Error('the node asked more often than the script answers');
				if ('reject' in answer) throw answer.reject;
				const { status, body = '', headers = {} } = answer;
				const text = typeof body === 'string' ? body : JSON.stringify(body);
				return await Promise.resolve({ statusCode: status, headers, body: text });
			},
		},
	};

	const outputs = await executeNode(context as unknown as IExecuteFunctions).finally(() => {
		if (objections.length > 0) throw objections[0];
	});
	if (answers.length > 0) throw new Error('the node asked less often than the script answers');
	return { outputs, requests, hints };
}

export interface ScriptedList extends Pick<ScriptedRun, 'answers'> {
	parameters?: ScriptedRun['parameters'];
	filter?: string;
	page?: string;
}

/** Opens a list of the editor with scripted answers. */
export async function scriptedList(
	search: (
		this: ILoadOptionsFunctions,
		filter?: string,
		page?: string,
	) => Promise<INodeListSearchResult>,
	{ answers, parameters = {}, filter, page }: ScriptedList,
) {
	const node = { name: 'test', displayName: 'Node under test' };
	const open = async (context: object) => {
		Reflect.deleteProperty(context, 'getExecutionCancelSignal');
		return await search.call(context as ILoadOptionsFunctions, filter, page);
	};
	const { outputs, requests } = await scriptedExecution(node, { parameters, answers }, open);
	return { ...outputs, requests };
}

/** The first record or error item of a run. */
export function first({ output }: ScriptedResult): IDataObject {
	const item = output[0];
	if (!item) throw new Error('no output');
	return item.json;
}
