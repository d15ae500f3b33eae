import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { packageCredentials } from './packageTypes.cts';

/** What n8n keeps of a credential although no property names it. */
const KEPT_FIELDS = new Set(['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains']);

/** Credential data by type: one credential of each type. */
export type CredentialData = Readonly<Record<string, ICredentialDataDecryptedObject>>;

/**
 * What n8n's server does with credentials, in memory: defaults, expressions, inheritance,
 * `authenticate`, and keeping the tokens that OAuth2 or `preAuthentication` brings.
 */
export class MemoryCredentials extends ICredentialsHelper {
	private readonly types: ReadonlyMap<string, ICredentialType>;

	/** As stored: what a test gave, and the tokens that came since. */
	readonly stored: Map<string, ICredentialDataDecryptedObject>;

	constructor(data: CredentialData) {
		super();
		this.types = packageCredentials();
		this.stored = new Map(Object.entries(structuredClone(data)));
	}

	type(name: string): ICredentialType {
		const type = this.types.get(name);
		if (!type) throw new Error(`no credential type ${name}`);
		return type;
	}

	getParentTypes(name: string): string[] {
		return (this.type(name).extends ?? []).flatMap((parent) => [
			parent,
			...this.getParentTypes(parent),
		]);
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const inherited = (this.type(name).extends ?? []).flatMap((parent) =>
			this.getCredentialsProperties(parent),
		);
		return [...inherited, ...this.type(name).properties];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		data: ICredentialDataDecryptedObject,
		name: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(name);
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(data, request);
		throw new Error(`${name} declares how to authenticate, which these tests don't know`);
	}

	/** Fetches a token if there is none in the type's expirable field, or if it is not accepted. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		name: string,
		_node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication, properties } = this.type(name);
		const token = properties.find(
			({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
		);
		if (!preAuthentication || !token || !(data[token.name] === '' || credentialsExpired)) {
			return undefined;
		}
		const output = await preAuthentication.call(helpers, data);
		if (output[token.name] === undefined) return undefined;
		this.stored.set(name, { ...this.stored.get(name), ...output } as typeof data);
		return Object.assign(data, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_credentials: INodeCredentialsDetails,
		name: string,
		mode: WorkflowExecuteMode = 'internal',
		executeData?: IExecuteData,
		_raw?: boolean,
		values?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = this.stored.get(name);
		if (!data) throw new Error(`the test has no credential of type ${name}`);
		const complete = this.withDefaults(name, data);
		if (!values) return await Promise.resolve(resolveFields(complete));
		return values.workflow.expression.getParameterValue(
			complete as Parameters<typeof values.workflow.expression.getParameterValue>[0],
			values.runExecutionData,
			values.runIndex,
			values.itemIndex,
			values.node.name,
			values.connectionInputData,
			mode,
			{},
			executeData,
			false,
			complete,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentialsOauthTokenData(
		_credentials: INodeCredentialsDetails,
		name: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored.set(name, {
			...this.stored.get(name),
			...(oauthTokenData !== undefined && { oauthTokenData }),
		});
		await Promise.resolve();
	}

	async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('not used: credentials are not encrypted in tests'));
	}

	async updateCredentials(): Promise<void> {
		await Promise.reject(new Error('not used: no credential here refreshes itself'));
	}

	private withDefaults(
		name: string,
		data: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		return {
			...NodeHelpers.getNodeParameters(
				this.getCredentialsProperties(name),
				data as Parameters<typeof NodeHelpers.getNodeParameters>[1],
				true,
				false,
				NODE,
				null,
			),
			...Object.fromEntries(Object.entries(data).filter(([field]) => KEPT_FIELDS.has(field))),
		} as ICredentialDataDecryptedObject;
	}
}

/** Stands for the node that expressions are evaluated for, where there is none. */
const NODE: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'test.credential',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Evaluates what depends on no item, such as `={{ $self[…] }}`. */
function resolveFields(data: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	const nodeTypes = { getByNameAndVersion: () => ({ description: { properties: [] } }) };
	const { expression } = new Workflow({
		nodes: [NODE],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as unknown as INodeTypes,
	});
	return expression.getComplexParameterValue(
		NODE,
		data as Parameters<typeof expression.getComplexParameterValue>[1],
		'internal',
		{},
		undefined,
		undefined,
		data,
	) as ICredentialDataDecryptedObject;
}
