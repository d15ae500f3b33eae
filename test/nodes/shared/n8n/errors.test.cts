import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { asFailure, toErrorItem, toNodeError } from '../../../../nodes/shared/n8n/errors';
import { Failure } from '../../../../nodes/shared/model/failure';

const node: INode = {
	id: '1',
	name: 'ZITADEL',
	type: 'n8n-nodes-offboarding.zitadel',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const context = {
	serviceName: 'zitadel',
	subject: {
		service: 'ZITADEL',
		operation: 'deactivate',
		account: { userId: '42' },
		addressField: 'Instance URL',
		advice: { unauthorized: 'Check the token.', forbidden: 'Give it the role.' },
	},
	itemIndex: 3,
};

const refused = new Failure('refused', {
	message: 'last admin',
	code: 'X-1',
	traceId: 't-1',
	httpCode: '400',
});

describe('toNodeError', () => {
	it('says what happened, to whom and where, and what the service said', () => {
		const error = toNodeError(node, refused, context);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe("ZITADEL: The service refuses to deactivate the user '42' [Item 3]");
		expect(error.description).toBe(
			'Nothing was changed. The service\'s own words say why. ZITADEL says: "last admin" (code X-1, trace ID t-1)',
		);
		expect(error).toMatchObject({ httpCode: '400', context: { itemIndex: 3 } });
	});

	it('is no API error if there was no exchange with the service', () => {
		expect(toNodeError(node, new Failure('invalidInput'), context)).toBeInstanceOf(
			NodeOperationError,
		);
	});

	it('is an API error in a list of the editor: n8n shows no description of others', () => {
		const { serviceName, subject } = context;
		const error = toNodeError(node, new Failure('invalidInput'), { serviceName, subject });
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('ZITADEL: A value cannot be used');
		expect(error.description).toBe('Nothing was changed.');
		expect(error.context).not.toHaveProperty('itemIndex');
	});

	it('says at the end what else happened in the run', () => {
		const { description } = toNodeError(node, refused, context, "Not done: '40'.");
		expect(description).toMatch(/ Not done: '40'\.$/);
	});

	it('does not claim that nothing was changed if an attempt before may have been carried out', () => {
		const failure = new Failure('forbidden', { isFateUnknown: true });
		const { description } = toNodeError(node, failure, context);
		expect(description).toBe('It is not known whether the user was changed. Give it the role.');
	});

	it('says how often it was tried', () => {
		const failure = new Failure('unavailable', { attempts: { count: 6, waited: 15_400 } });
		expect(toNodeError(node, failure, context).description).toContain(
			'Tried 6 times, with 16 s of waiting in between.',
		);
	});

	it('keeps its words where n8n would put its own for a network code', () => {
		const failure = new Failure('unavailable', {
			summary: 'preexisting',
			httpCode: 'ECONNREFUSED',
		});
		expect(toNodeError(node, failure, context).message).toBe('ZITADEL: preexisting [Item 3]');
	});

	it('calls the address as the credential does', () => {
		const failure = new Failure('invalidInput', {
			summary: "'Base URL' in the credential is empty",
			advice: "Check 'Base URL'.",
		});
		const error = toNodeError(node, failure, context);
		expect(error.message).toBe("ZITADEL: 'Instance URL' in the credential is empty [Item 3]");
		expect(error.description).toBe("Check 'Instance URL'.");
	});

	it('has nothing of the failure on it but plain values', () => {
		const error = toNodeError(node, refused, context);
		expect(error.cause).toBeUndefined();
	});
});

describe('toErrorItem', () => {
	it('has exactly the form that n8n sends to the error branch', () => {
		expect(toErrorItem(node, refused, context)).toEqual({
			json: {
				error: "ZITADEL: The service refuses to deactivate the user '42' [Item 3]",
				details: {
					service: 'zitadel',
					operation: 'deactivate',
					reason: 'refused',
					description:
						'Nothing was changed. The service\'s own words say why. ZITADEL says: "last admin" (code X-1, trace ID t-1)',
					userId: '42',
					httpCode: '400',
					code: 'X-1',
					traceId: 't-1',
				},
			},
			pairedItem: { item: 3 },
		});
	});

	it('says nothing of what is not known', () => {
		const { service, addressField, advice } = context.subject;
		const subject = { service, addressField, advice };
		const item = toErrorItem(node, new Failure('invalidInput'), { ...context, subject });
		expect(item.json.details).toStrictEqual({
			service: 'zitadel',
			reason: 'invalidInput',
			description: 'Nothing was changed.',
		});
	});

	it('names what was done before it failed', () => {
		const failure = new Failure('unavailable', { done: 'deactivated' });
		expect(toErrorItem(node, failure, context).json.details).toMatchObject({
			outcome: 'deactivated',
		});
	});

	it('is marked for n8n before 2.36 where there is an error branch, and only there', () => {
		const branching: INode = { ...node, onError: 'continueErrorOutput' };
		const { error } = toErrorItem(branching, refused, context);
		expect(error?.message).toBe(toErrorItem(branching, refused, context).json.error);

		const merging: INode = { ...node, onError: 'continueRegularOutput' };
		expect(toErrorItem(merging, refused, context)).not.toHaveProperty('error');
	});

	it('loses its mark when n8n copies it: else n8n would drop the details', () => {
		const branching: INode = { ...node, onError: 'continueErrorOutput' };
		expect({ ...toErrorItem(branching, refused, context) }).not.toHaveProperty('error');
	});
});

describe('asFailure', () => {
	it('leaves a failure as it is', () => {
		expect(asFailure(refused)).toBe(refused);
	});

	it.each([new TypeError('oops'), 'oops'])('never swallows %p', (thrown) => {
		expect(asFailure(thrown)).toMatchObject({
			reason: 'unexpectedResponse',
			facts: {
				summary: 'Something happened that this node does not foresee',
				advice: expect.stringContaining('oops') as string,
			},
		});
	});
});
