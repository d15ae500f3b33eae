import {
	createSourceFile,
	isInterfaceDeclaration,
	isLiteralTypeNode,
	isPropertySignature,
	isStringLiteral,
	isTypeAliasDeclaration,
	isUnionTypeNode,
	ScriptTarget,
	type Statement,
} from 'typescript';

import { read } from './pages.cts';

/** Types are gone when the code runs, so they are read from the sources. */
function statementsOf(path: string): readonly Statement[] {
	return createSourceFile(path, read(path), ScriptTarget.ES2022).statements;
}

/** The texts that a union type allows. */
export function textsOf(path: string, type: string): string[] {
	const alias = statementsOf(path)
		.filter(isTypeAliasDeclaration)
		.find(({ name }) => name.text === type);
	if (!alias || !isUnionTypeNode(alias.type)) throw new Error(`no union ${type} in ${path}`);
	return alias.type.types.map((member) => {
		if (isLiteralTypeNode(member) && isStringLiteral(member.literal)) return member.literal.text;
		throw new Error(`${type} allows more than texts`);
	});
}

/** The fields of an interface, with those that it takes over from others in the same file. */
export function fieldsOf(path: string, type: string): string[] {
	const found = statementsOf(path)
		.filter(isInterfaceDeclaration)
		.find(({ name }) => name.text === type);
	if (!found) throw new Error(`no interface ${type} in ${path}`);
	const inherited = (found.heritageClauses ?? [])
		.flatMap((clause) => clause.types)
		.flatMap(({ expression }) => ('text' in expression ? String(expression.text) : []));
	const own = found.members
		.filter(isPropertySignature)
		.flatMap(({ name }) => ('text' in name ? String(name.text) : []));
	return [...inherited.flatMap((parent) => fieldsOf(path, parent)), ...own];
}
