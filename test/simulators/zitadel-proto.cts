import { createRequire } from 'node:module';
import { fromJson } from '@bufbuild/protobuf';
import type {
	DescMessage,
	JsonValue,
	Message,
} from '@bufbuild/protobuf' with { 'resolution-mode': 'import' };
import type { GenMessage } from '@bufbuild/protobuf/codegenv1' with { 'resolution-mode': 'import' };
import type * as AuthApi from '@zitadel/proto/zitadel/auth_pb' with { 'resolution-mode': 'import' };
import type * as ObjectApi from '@zitadel/proto/zitadel/object/v2/object_pb' with { 'resolution-mode': 'import' };
import type * as SessionApi from '@zitadel/proto/zitadel/session/v2/session_service_pb' with { 'resolution-mode': 'import' };
import type * as QueryApi from '@zitadel/proto/zitadel/user/v2/query_pb' with { 'resolution-mode': 'import' };
import type * as UserApi from '@zitadel/proto/zitadel/user/v2/user_service_pb' with { 'resolution-mode': 'import' };
import { Violation, type Answer } from './answers.cts';
import { parseJson, requireContentType, type BodyRule } from './routes.cts';

/** A user search and one of its queries, as the official descriptors have them. */
export type UserSearch = UserApi.ListUsersRequest;
export type UserQuery = QueryApi.SearchQuery;
export type SessionSearch = SessionApi.ListSessionsRequest;

// The package calls its CommonJS files modules: TypeScript would not let them be required.
const load = createRequire(__filename);
const official = (file: string): unknown => load(`@zitadel/proto/zitadel/${file}`);

/** ZITADEL's own descriptors, by file: https://www.npmjs.com/package/@zitadel/proto */
export const userApi = official('user/v2/user_service_pb') as typeof UserApi;
export const sessionApi = official('session/v2/session_service_pb') as typeof SessionApi;
export const authApi = official('auth_pb') as typeof AuthApi;
const { TextQueryMethod } = official('object/v2/object_pb') as typeof ObjectApi;
const { UserFieldName } = official('user/v2/query_pb') as typeof QueryApi;
export { TextQueryMethod, UserFieldName };

/** Body rule: a message as JSON. As at the service, unknown fields pass; here they are reported. */
export function protoBody<Shape extends Message>(schema: GenMessage<Shape>): BodyRule<Shape> {
	return (request) => {
		requireContentType(request, 'application/json');
		const json = parseJson(request.body) as JsonValue;
		let message: Shape;
		try {
			message = fromJson(schema, json, { ignoreUnknownFields: true }) as Shape;
		} catch (error) {
			throw new Violation(400, `body: ${String(error)}`);
		}
		try {
			fromJson(schema, json);
		} catch (error) {
			request.report(`body: ${String(error)}`);
		}
		return message;
	};
}

/** A success; throws if its body is not one that the official descriptors allow. */
export function answerOf(schema: DescMessage, body: object): Answer {
	fromJson(schema, body as JsonValue);
	return { status: 200, body };
}
