import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { connect } from './executionTransport';
import { Failure } from '../model/failure';
import type { Service } from '../users/service';
import type { Connection } from '../http/transport';

/**
 * Connects to a service with the credential that the node is set to.
 *
 * @throws Failure if there is none, or it cannot be used
 */
export async function connectFrom(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ credentials }: Service,
): Promise<Connection> {
	const [only, ...others] = credentials;
	const chosen =
		others.length === 0 ? only?.authentication : context.getNodeParameter('authentication', 0);
	const credential = credentials.find(({ authentication }) => authentication === chosen);
	if (credential) return await connect(context, credential.type);
	throw new Failure('invalidInput', {
		summary: "'Authentication' is none that this node has",
		advice: 'Choose an authentication from the list.',
	});
}
