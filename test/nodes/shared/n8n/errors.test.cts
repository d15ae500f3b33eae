import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { toErrorItem, toNodeError } from '../../../../nodes/shared/n8n/errors';
import { Failure } from '../../../../nodes/shared/model/failure';

const node: INode = {
	...{ id: '1', name: 'ZITADEL', type: 'n8n-nodes-offboarding.zitadel', typeVersion: 1 },
	...{ position: [0, 0], parameters: {} },
};

const context = {
	serviceName: 'zitadel',
	subject: {
		...{ service: 'ZITADEL', operation: 'deactivate', account: { userId: '42' } },
		addressField: 'Instance URL',
		advice: { unauthorized: 'Check the token.', forbidden: 'Give it the role.' },
	},
	itemIndex: 3,
};

const refused = new Failure('refused', {
	source: {
		kind: 'answer',
		status: 400,
		error: { message: 'last admin', code: 'X-1', traceId: 't-1' },
		body: { secret: 'none of the error' },
	},
});

describe('toNodeError', () => {
	it('says what happened, which user and item it is about, and what the service said', () => {
		const error = toNodeError(node, refused, context);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe("ZITADEL refused to deactivate '42'");
		expect(error.description).toBe(
			'Nothing was changed. ZITADEL says: "last admin" (code X-1, trace ID t-1)',
		);
		expect(error).toMatchObject({ httpCode: '400', context: { itemIndex: 3 } });
		// Plain values only.
		expect(error.cause).toBeUndefined();
		expect(JSON.stringify(error)).not.toContain('none of the error');
	});

	it('is not an API error if nothing was sent', () => {
		const error = toNodeError(node, new Failure('invalidInput'), context);
		expect(error).toBeInstanceOf(NodeOperationError);
	});

	it('is an API error in a list of the editor: n8n shows the description of no other', () => {
		const { serviceName, subject } = context;
		const error = toNodeError(node, new Failure('invalidInput'), { serviceName, subject });
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: "ZITADEL: A value can't be used" });
		expect(error.context).not.toHaveProperty('itemIndex');
	});

	it('says what became of the others, also in the message: a parent workflow keeps nothing else', () => {
		const others = [{ account: { userId: '40' }, result: undefined }];
		const { message, description } = toNodeError(node, refused, context, others);
		expect(message).toBe("ZITADEL refused to deactivate '42'. Not done: '40'.");
		expect(description).toMatch(/ Not done: '40'\.$/);
	});

	it('keeps its message where n8n would replace it because of a network code', () => {
		const source = { kind: 'network', code: 'ECONNREFUSED' } as const;
		const failure = new Failure('unavailable', { summary: 'Own words', source });
		const error = { message: 'ZITADEL: Own words', httpCode: 'ECONNREFUSED' };
		expect(toNodeError(node, failure, context)).toMatchObject(error);
	});
});

const merging: INode = { ...node, onError: 'continueRegularOutput' };
const branching: INode = { ...node, onError: 'continueErrorOutput' };

describe('toErrorItem', () => {
	const error = "ZITADEL refused to deactivate '42'";
	const details = {
		...{ service: 'zitadel', operation: 'deactivate', reason: 'refused', userId: '42', item: 3 },
		...{ httpCode: '400', code: 'X-1', traceId: 't-1' },
		description: 'Nothing was changed. ZITADEL says: "last admin" (code X-1, trace ID t-1)',
	};

	it('has exactly the form that n8n sends to the error branch, marked for n8n before 2.36', () => {
		const item = toErrorItem(branching, refused, context);
		expect(item).toEqual({ json: { error, details }, pairedItem: { item: 3 } });
		expect(item.error?.message).toBe(error);
		// n8n would drop the details if its copy had the mark.
		expect({ ...item }).not.toHaveProperty('error');
	});

	it.each([node, merging])('is a row of the table where all go on together ($onError)', (its) => {
		const item = toErrorItem(its, refused, context);
		const { service, operation, reason, description } = details;
		const known = { service, operation, outcome: 'failed', userId: '42' };
		const row = { ...known, reason, error, description, details };
		expect(item).toEqual({ json: row, pairedItem: { item: 3 } });
		expect(Object.keys(item.json)).toEqual(Object.keys(row));
		expect(item).not.toHaveProperty('error');
	});

	it('leaves out what is not known', () => {
		const { service, addressField, advice } = context.subject;
		const about = { ...context, subject: { service, addressField, advice } };
		const { json } = toErrorItem(merging, new Failure('invalidInput'), about);
		const known = { service: 'zitadel', reason: 'invalidInput', description: 'Correct the value.' };
		const failed = { outcome: 'failed', error: "ZITADEL: A value can't be used" };
		expect(json).toStrictEqual({ ...known, ...failed, details: { ...known, item: 3 } });
	});

	it('names what was done before it failed', () => {
		const failure = new Failure('unavailable', { effect: 'done', outcome: 'deactivated' });
		const json = { outcome: 'failed', details: { outcome: 'deactivated' } };
		expect(toErrorItem(merging, failure, context)).toMatchObject({ json });
	});

	it('gives a model no more than 300 characters of each text of the service', () => {
		const long = 'x'.repeat(301);
		const source = { kind: 'answer', status: 400, body: undefined } as const;
		const failure = new Failure('refused', {
			source: { ...source, error: { message: long, code: long, traceId: long } },
			summary: long,
			advice: long,
		});
		const textOf = (forModel: boolean) =>
			JSON.stringify(toErrorItem(merging, failure, { ...context, forModel }).json);
		expect(textOf(false)).toContain(long);
		expect(textOf(true)).not.toContain(long);
		expect(textOf(true)).toContain(`"code":"${'x'.repeat(300)}…"`);
	});
});
