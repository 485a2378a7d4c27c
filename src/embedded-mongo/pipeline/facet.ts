import { namesOf } from '../bson/names.ts';
import { type Document, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { gathered } from '../query/work.ts';
import { Memory, sizeOf } from './limits.ts';
import { compilePipeline } from './pipeline.ts';
import { each, type PipelineContext, type Stage, withPauses } from './stage.ts';

/** `$facet`: several pipelines over the same documents, whose results are the fields of one. */
export function facet(argument: Value, context: PipelineContext): Stage {
  if (!isDocument(argument) || Object.keys(argument).length === 0)
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  const branches = namesOf(argument).map((name) => {
    const stages = argument[name];
    if (name === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
    if (name.startsWith('$')) throw new CommandError(16410, `FieldPath field names may not start with '$': ${name}`);
    if (name.includes('.')) throw new CommandError(16412, `FieldPath field names may not contain '.': ${name}`);
    if (!Array.isArray(stages)) throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is not`);
    if (!stages.every((stage) => isDocument(stage) && Object.keys(stage).length > 0))
      throw new CommandError(40171, `elements of arrays in $facet spec must be non-empty objects, in ${name}`);
    return { name, stage: compilePipeline(stages, { ...context, place: 'facet' }) };
  });
  return function* (input) {
    const documents: Document[] = [];
    const memory = Memory.ofStage('$facet');
    yield* each(input, (document) => {
      memory.add(sizeOf(document));
      documents.push(document);
    });
    const result: Document = {};
    for (const { name, stage } of branches)
      setField(result, name, yield* gathered(stage(withPauses(documents, context.work))));
    yield result;
  };
}
