import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { asError, Failure } from '../model/failure';

/** A field of the editor and what its value must be. */
export interface Parameter<T> {
	property: INodeProperties;
	/** Its messages complete a sentence that starts with the field's name. */
	schema: z.ZodType<T, z.ZodTypeDef, unknown>;
}

export type ParameterSet = Readonly<Record<string, Parameter<unknown>>>;

/** The fields whose values make up `Values`. */
export type ParametersFor<Values> = {
	readonly [Name in keyof Values]: Parameter<Values[Name]>;
};

/** Gives the value of a field for one item, with expressions evaluated. */
export type ParameterReader = (name: string) => unknown;

/** Asks for a text; everything else is refused in words instead of being turned into one. */
export function text<T>(schema: z.ZodType<T, z.ZodTypeDef, string>) {
	return z
		.string({
			required_error: 'is empty',
			invalid_type_error: 'must be a text, not a number, a list or an object',
		})
		.trim()
		.min(1, 'is empty')
		.pipe(schema);
}

/** A text that has to be given, for each item. */
export function requiredText<T>(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>,
	schema: z.ZodType<T, z.ZodTypeDef, string>,
): Parameter<T> {
	return {
		property: { ...field, type: 'string', required: true, default: '' },
		schema: text(schema),
	};
}

/**
 * Reads and checks all parameters of one item.
 *
 * @throws Failure `invalidInput` that names the field as the editor shows it. The value itself is
 * not repeated: it may be hostile.
 */
export function readParameters<Values extends object>(
	parameters: ParametersFor<Values>,
	read: ParameterReader,
): Values {
	const values = Object.entries<Parameter<unknown>>(parameters).map(
		([name, { property, schema }]) => {
			const parsed = schema.safeParse(evaluate(property, read));
			if (parsed.success) return [name, parsed.data];
			throw invalid(property, parsed.error.issues[0]?.message ?? 'cannot be used');
		},
	);
	return Object.fromEntries(values) as Values;
}

/** Where n8n cannot give a value, the cause is an expression; its errors are of many kinds then. */
function evaluate({ name, displayName }: INodeProperties, read: ParameterReader): unknown {
	try {
		return read(name);
	} catch (error) {
		throw unreadable(displayName, error);
	}
}

function unreadable(displayName: string, error: unknown): Failure {
	if (error instanceof Failure) return error;
	const { message } = asError(error);
	return new Failure('invalidInput', {
		summary: `'${displayName}' has an expression that cannot be evaluated`,
		advice: `Correct the expression. n8n says: ${message}`,
	});
}

function invalid({ displayName, placeholder }: INodeProperties, why: string): Failure {
	const example = placeholder?.replace(/^e\.g\. /, '');
	return new Failure('invalidInput', {
		summary: `'${displayName}' ${why}`,
		advice:
			example === undefined
				? 'Correct the field. Nothing was sent for this item.'
				: `Correct the field; an example is ${example}. Nothing was sent for this item.`,
	});
}
