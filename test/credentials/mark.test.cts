import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { packageCredentials } from '../harness/packageTypes.cts';

/** Fields that n8n itself adds to each of the types. */
const OF_N8N = ['allowedHttpRequestDomains', 'allowedDomains'].map(
	(name): INodeProperties => ({ displayName: name, name, type: 'string', default: '' }),
);

// OAuth2 types have fields of n8n, and are read for each item.
const types = [...packageCredentials().values()].filter(({ name }) => !/OAuth2/i.test(name));

describe.each(types)('$name is marked to hold no expression', ({ properties }) => {
	const read = (data: INodeParameters) =>
		NodeHelpers.getNodeParameters([...properties, ...OF_N8N], data, true, false, null, null);

	it('if that is so', () => {
		expect(read({})).toHaveProperty('holdsNoExpression', true);
		const odd = { apiKey: 'a=b', allowHttp: true, accessToken: ' = ' };
		expect(read(odd)).toHaveProperty('holdsNoExpression', true);
	});

	const fields = [...properties, ...OF_N8N].filter(
		({ type, name }) => type !== 'notice' && name !== 'holdsNoExpression',
	);

	it.each(fields)('unless $name is one', ({ name, noDataExpression }) => {
		const values = read({ [name]: '={{ $json.tenant }}', holdsNoExpression: true });
		// n8n takes the equals sign away where it allows no expression.
		if (noDataExpression) expect(values).toHaveProperty(name, '{{ $json.tenant }}');
		else expect(values).not.toHaveProperty('holdsNoExpression');
	});
});
