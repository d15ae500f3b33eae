import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { packageCredentials } from './packageTypes.cts';

/** What n8n keeps of a credential although no property names it. */
const KEPT_FIELDS = new Set(['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains']);

/** Credential data by type: one credential of each type. */
export type CredentialData = Readonly<Record<string, ICredentialDataDecryptedObject>>;

/**
 * What n8n's server does with credentials, in memory: defaults, expressions in hidden fields,
 * inheritance, `authenticate`, and keeping the tokens that OAuth2 brings.
 */
export class MemoryCredentials extends ICredentialsHelper {
	private readonly types: ReadonlyMap<string, ICredentialType> = packageCredentials();

	/** As stored: what a test gave, and the tokens that came since. */
	readonly stored: Map<string, ICredentialDataDecryptedObject>;

	constructor(data: CredentialData) {
		super();
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
		throw new Error(`${name} does not sign requests with a function`);
	}

	async preAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	async runPreAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_credentials: INodeCredentialsDetails,
		name: string,
	): Promise<ICredentialDataDecryptedObject> {
		const data = this.stored.get(name);
		if (!data) throw new Error(`the test has no credential of type ${name}`);
		return await Promise.resolve(this.resolve(name, data));
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

	/** Fills in defaults and evaluates `={{ $self[…] }}`, as n8n's CredentialsHelper does. */
	private resolve(
		name: string,
		data: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		const node = {
			id: 'credential',
			name: 'Credential',
			type: 'test.credential',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		};
		const withDefaults = {
			...NodeHelpers.getNodeParameters(
				this.getCredentialsProperties(name),
				data as Parameters<typeof NodeHelpers.getNodeParameters>[1],
				true,
				false,
				node,
				null,
			),
			...Object.fromEntries(Object.entries(data).filter(([field]) => KEPT_FIELDS.has(field))),
		} as ICredentialDataDecryptedObject;
		const nodeTypes = { getByNameAndVersion: () => ({ description: { properties: [] } }) };
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: nodeTypes as unknown as INodeTypes,
		});
		const parameters = withDefaults as Parameters<
			typeof workflow.expression.getComplexParameterValue
		>[1];
		return workflow.expression.getComplexParameterValue(
			node,
			parameters,
			'internal',
			{},
			undefined,
			undefined,
			withDefaults,
		) as ICredentialDataDecryptedObject;
	}
}
