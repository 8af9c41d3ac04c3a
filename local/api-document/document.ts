import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import * as v from 'valibot';
import packageFile from '../../package.json' with { type: 'json' };
import { apiRoutes } from '../../shared/configuration/api-routes.ts';
import { idempotencyKeyShape } from '../../shared/http/body-problems.ts';
import { type ProblemCode, problemCatalogue } from '../../shared/http/problem.ts';
import { answerSchemas } from './components.ts';
import { type Fields, type Operation, operations, type Success } from './operations.ts';
import type { FieldText } from './requests.ts';

type Json = Readonly<Record<string, unknown>>;

/** How the document is made. */
export interface DocumentOptions {
  /**
   * Whether answers may have no other fields than those of the document, for tests. Clients should take answers with more
   * fields than they know.
   */
  readonly closedAnswers?: boolean;
}

/** What every operation can answer, whatever it is about. */
const always: readonly ProblemCode[] = ['body-too-large', 'internal-error'];

/** The API as a document of OpenAPI 3.1, made of the routes and of the schemas that check requests. */
export function apiDocument({ closedAnswers = false }: DocumentOptions = {}): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'grid-buyer',
      version: packageFile.version,
      description:
        'Buys AI inference Units on The Grid. Amounts of money are decimal strings in USD. Every request is signed with SigV4 for the service `execute-api`.',
    },
    servers: [
      {
        url: '{apiUrl}',
        variables: {
          apiUrl: { default: 'http://localhost', description: 'What the deployment prints as ApiUrl.' },
        },
      },
    ],
    security: [{ sigV4: [] }],
    paths: paths(),
    components: {
      securitySchemes: {
        sigV4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          description: 'AWS Signature Version 4, service `execute-api`.',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
      schemas: componentSchemas(closedAnswers),
    },
  };
}

function paths(): Json {
  const byPath: Record<string, Record<string, Json>> = {};
  for (const { method, path } of apiRoutes) {
    const operation = operations[`${method} ${path}`];
    if (operation === undefined) throw new Error(`${method} ${path} is not described.`);
    byPath[path] = { ...byPath[path], [method.toLowerCase()]: describe(operation, path) };
  }
  return byPath;
}

function describe(operation: Operation, path: string): Json {
  const parameters = [
    ...(path.includes('{id}') ? [idParameter] : []),
    ...(operation.takesKey === undefined ? [] : [keyParameter]),
    ...(operation.query === undefined ? [] : queryParameters(operation.query)),
  ];
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(operation.body === undefined ? {} : { requestBody: requestBody(operation.body) }),
    responses: { ...successes(operation), ...problems([...operation.problems, ...always]) },
  };
}

const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'New for each intent. The same key and body never act twice.',
  schema: { type: 'string', pattern: idempotencyKeyShape.source },
};

function requestBody(body: Fields & { readonly required: boolean }): Json {
  return { required: body.required, content: { 'application/json': { schema: fieldsSchema(body) } } };
}

function queryParameters(query: Fields): Json[] {
  const { properties, required } = fieldsSchema(query);
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description,
    schema,
  }));
}

interface FieldsSchema extends Json {
  readonly properties: Readonly<Record<string, Json>>;
  readonly required: readonly string[];
}

function fieldsSchema({ schema, texts }: Fields): FieldsSchema {
  const { $schema: _dialect, properties = {}, required = [], ...rest } = toJsonSchema(schema, conversion);
  const described: Record<string, Json> = {};
  for (const [name, property] of Object.entries(properties)) {
    described[name] = { ...(typeof property === 'object' ? property : {}), ...overriding(texts[name]) };
  }
  return { ...rest, required, properties: described };
}

/** The pattern of a number that is read from the text of a query is that of its text. */
function overriding(text: FieldText | undefined): Json {
  return text?.type === 'integer' ? { ...text, pattern: undefined } : { ...text };
}

function successes({ successes: byStatus }: Operation): Json {
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, success]) => [status, successResponse(success)]),
  );
}

const headerTexts = {
  location: { description: 'Path of what was made.', schema: { type: 'string' } },
  'idempotent-replayed': {
    description: '`true`: the answer is to an earlier request.',
    schema: { const: 'true' },
  },
  'retry-after': {
    description: 'Whole seconds to wait.',
    schema: { type: 'string', pattern: '^[1-9]\\d*$' },
  },
} as const;

function successResponse({ description, answer, headers = [] }: Success): Json {
  return {
    description,
    ...(headers.length === 0
      ? {}
      : { headers: Object.fromEntries(headers.map((name) => [name, headerTexts[name]])) }),
    content: { 'application/json': { schema: { $ref: refTo(answer) } } },
  };
}

/** Problems by status; those that share one are told apart by their code. */
function problems(codes: readonly ProblemCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => problemCatalogue[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, alike]) => [
      status,
      {
        description: alike.map((code) => `\`${code}\`: ${problemCatalogue[code].title}`).join('\n\n'),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [{ $ref: refTo('Problem') }, { properties: { code: { enum: alike } } }],
            },
          },
        },
      },
    ]),
  );
}

const refTo = (name: string) => `#/components/schemas/${name}`;

/** Checks that JSON Schema cannot express are in the texts of the fields. */
const conversion: ConversionConfig = {
  target: 'draft-2020-12',
  typeMode: 'input',
  ignoreActions: ['check', 'safe_integer', 'transform', 'trim'],
  overrideRef: ({ referenceId }) => refTo(referenceId),
};

function componentSchemas(closed: boolean): Json {
  const schemas: Readonly<Record<string, v.GenericSchema>> = answerSchemas;
  const converted = toJsonSchemaDefs(schemas, conversion);
  return closed ? closedSchemas(converted) : converted;
}

/** The same schemas, where objects may have no more fields than are named. */
function closedSchemas(schemas: Json): Json {
  const text = JSON.stringify(schemas, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && 'properties' in value
      ? { ...value, additionalProperties: false }
      : value,
  );
  return v.parse(v.record(v.string(), v.unknown()), JSON.parse(text));
}
