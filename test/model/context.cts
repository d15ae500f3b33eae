import {
	NodeApiError,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type JsonObject,
} from 'n8n-workflow';

import type { VirtualClock } from './clock.cts';
import { toWire } from './inProcess.cts';
import { SERVICES } from './services.cts';
import type { Wire } from './wire.cts';

/** A node that is about to be executed. */
export interface Execution {
	readonly node: INode;
	/** As the editor stores them: with expressions of the form `={{ $json.name }}`. */
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly input: readonly INodeExecutionData[];
	/** By type, with expressions too. */
	readonly credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	/** What `getContext('node')` gives, through all rounds. */
	readonly nodeContext: Record<string, unknown>;
	readonly wire: Wire;
	readonly clock: VirtualClock;
}

const CREDENTIALS = new Map(
	Object.values(SERVICES).map(({ credential }) => [credential.name, credential]),
);

/** n8n's own limit for a request that does not bring one. */
const DEFAULT_TIMEOUT = 300_000;

/**
 * What n8n hands to a node, as far as ours ask for it: a stand-in for the engine that costs next to
 * nothing. That the real one does the same is shown in test/workflow.
 */
export function contextOf(execution: Execution): IExecuteFunctions {
	const { node, input, credentials, nodeContext } = execution;
	const context = {
		getNode: () => node,
		getInputData: () => input,
		getNodeParameter: (
			name: string,
			itemIndex: number,
			fallback?: unknown,
			{ rawExpressions = false, extractValue = false } = {},
		) => {
			const stored = valueAt(execution.parameters, name) ?? fallback;
			if (stored === undefined) throw new Error(`Could not get parameter "${name}"`);
			const value = rawExpressions ? stored : resolved(stored, input[itemIndex]);
			const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
			return extractValue && isLocator ? (value as { value?: unknown }).value : value;
		},
		getContext: () => nodeContext,
		getExecutionCancelSignal: () => undefined,
		getExecutionId: () => '1',
		getMode: () => 'trigger',
		getWorkflow: () => ({ id: '1', name: 'model', active: true }),
		continueOnFail: () => node.onError !== undefined && node.onError !== 'stopWorkflow',
		isToolExecution: () => false,
		addExecutionHints: () => undefined,
		logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
		getCredentials: async (type: string, itemIndex = 0) => {
			const data = credentials[type];
			if (!data) throw new Error(`Node does not have any credentials of the type "${type}"`);
			const { properties = [] } = CREDENTIALS.get(type) ?? {};
			// As n8n does it: with the defaults of what is displayed.
			const given = data as INodeParameters;
			const stored = NodeHelpers.getNodeParameters(properties, given, true, false, null, null);
			return await Promise.resolve(resolved({ ...stored, ...data }, input[itemIndex]));
		},
		helpers: {
			async httpRequestWithAuthentication(
				this: IExecuteFunctions,
				type: string,
				options: IHttpRequestOptions,
				additional?: { credentialsDecrypted?: { data?: ICredentialDataDecryptedObject } },
			) {
				return await authenticated(this, execution, type, options, additional);
			},
		},
	};
	return context as unknown as IExecuteFunctions;
}

function ignore(): void {}

/** A value below a path such as `options.dryRun`. */
function valueAt(parameters: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, key) => (value as Record<string, unknown> | undefined)?.[key],
			parameters,
		);
}

/** Evaluates what has the form of an expression, at any depth. */
function resolved<Value>(value: Value, item: INodeExecutionData | undefined): Value {
	if (typeof value === 'string') {
		const name = /^=\{\{ \$json\.(\w+) \}\}$/.exec(value)?.[1];
		return name === undefined ? value : (item?.json[name] as Value);
	}
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((entry: unknown) => resolved(entry, item)) as Value;
	const entries = Object.entries(value).map(([key, entry]) => [
		key,
		resolved(entry as unknown, item),
	]);
	return Object.fromEntries(entries) as Value;
}

async function authenticated(
	context: IExecuteFunctions,
	execution: Execution,
	type: string,
	options: IHttpRequestOptions,
	additional?: { credentialsDecrypted?: { data?: ICredentialDataDecryptedObject } },
): Promise<unknown> {
	const { clock, node, wire } = execution;
	const data = additional?.credentialsDecrypted?.data ?? (await context.getCredentials(type));
	const authenticate = CREDENTIALS.get(type)?.authenticate;
	if (typeof authenticate !== 'function') throw new Error(`${type} has no function 'authenticate'`);
	const request = toWire(await authenticate(data as ICredentialDataDecryptedObject, options));
	const rejection = (code: string, message: string, more = {}) =>
		new NodeApiError(
			node,
			// As n8n's client has it: with the request, and in it the credential.
			Object.assign(new Error(message), {
				code,
				config: { headers: request.headers },
				...more,
			}) as unknown as JsonObject,
		);

	const { timeout = DEFAULT_TIMEOUT } = options;
	const silence = clock.wait(timeout).then(() => 'late' as const);
	const sent = wire
		.send(request)
		.then(async (answer) => (answer === 'silence' ? await silence : answer));
	const answer = await Promise.race([sent, silence]);

	if (answer === 'late') throw rejection('ECONNABORTED', `timeout of ${timeout}ms exceeded`);
	if ('code' in answer) throw rejection(answer.code, answer.message);
	const { status, headers, text } = answer;
	if (status >= 300 && isThrown(status, options.ignoreHttpStatusErrors)) {
		throw rejection(String(status), `Request failed with status code ${status}`, {
			httpCode: String(status),
			response: { status, headers, data: text },
		});
	}
	return { statusCode: status, headers, body: text };
}

function isThrown(status: number, ignored: IHttpRequestOptions['ignoreHttpStatusErrors']): boolean {
	if (typeof ignored === 'object')
		return !ignored.ignore || (ignored.except ?? []).includes(status);
	return ignored !== true;
}
