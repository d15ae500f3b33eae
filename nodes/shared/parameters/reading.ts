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

/** Asks for text. Anything else is refused instead of being converted. */
export function text<T>(schema: z.ZodType<T, z.ZodTypeDef, string>) {
	return z
		.string({ required_error: NO_VALUE, invalid_type_error: 'must be text' })
		.trim()
		.min(1, EMPTY)
		.pipe(schema);
}

/** A text that must be given for each item. */
export function requiredText<T>(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>,
	schema: z.ZodType<T, z.ZodTypeDef, string>,
): Parameter<T> {
	return {
		property: { ...field, type: 'string', required: true, default: '' },
		schema: text(schema),
	};
}

const EMPTY = 'is empty';

/** What is wrong with a value that is not there: n8n gives `undefined` or `null` for such a field. */
const NO_VALUE = 'has no value: its expression returns nothing';

/** Whether an expression gave nothing. */
function isMissing(value: unknown): value is undefined | null {
	return value === undefined || value === null;
}

/**
 * Reads and checks all parameters of one item. A value that is not there is never a default: it
 * would turn a guard off without a word.
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
			const value = evaluate(property, read);
			if (isMissing(value)) throw invalid(property, NO_VALUE);
			const parsed = schema.safeParse(value);
			if (parsed.success) return [name, parsed.data];
			throw invalid(property, parsed.error.issues[0]?.message ?? "can't be used");
		},
	);
	return Object.fromEntries(values) as Values;
}

/** Where n8n can't give a value, the cause is an expression; its errors are of many kinds. */
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
		summary: `'${displayName}' has an expression that can't be evaluated`,
		advice: `Correct the expression. n8n says: ${message}`,
	});
}

function invalid({ displayName, placeholder }: INodeProperties, why: string): Failure {
	const example = placeholder?.replace(/^e\.g\. /, '');
	const isNothing = why === NO_VALUE;
	return new Failure('invalidInput', {
		...((isNothing || why === EMPTY) && { lacksValue: true }),
		summary: `'${displayName}' ${why}`,
		advice: isNothing
			? 'Check that the field that the expression names exists in the input item.'
			: example === undefined
				? 'Correct the field.'
				: `Correct the field, for example: ${example}.`,
	});
}
