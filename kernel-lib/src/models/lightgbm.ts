import { placed } from '../errors.js';
import { readCategoryTables, readFeatures } from './lightgbm-features.js';
import { type LightgbmObjective, lightgbmObjectives } from './lightgbm-objectives.js';
import { type LightgbmSection, parts, splitLightgbmText } from './lightgbm-text.js';
import { adjustNumbers, readTree } from './lightgbm-trees.js';
import { createTreeModel, type TreeModel } from './tree-model.js';

/**
 * Reads a model that LightGBM saved as text (`save_model("model.txt")`, formats v3 and v4: versions 2.3 to 4): the
 * objectives of {@link lightgbmObjectives}, several classes among them; missing values of all three types; categorical
 * splits; random forests (`average_output`), whose margins are averages too. Text categories are looked up in the table
 * that LightGBM keeps of a pandas frame; without one the cells are the category codes themselves.
 *
 * @param where - the file, for the error message.
 * @throws MonitorError `MODEL`, naming the part that is not understood: `linear_tree` among them.
 * @see Source: LightGBM 4, `GBDT::SaveModelToString`, `Tree::ToString`. Golden values: LightGBM 4.7.0, 3.3.5 and 2.3.1,
 *   test/golden/models.
 */
export function parseLightgbmModel(text: string, where?: string): TreeModel {
  try {
    return readModel(text);
  } catch (error) {
    throw where === undefined ? error : placed(error, where);
  }
}

function readModel(text: string): TreeModel {
  const { header, trees, parameters, categories } = splitLightgbmText(text);
  if (!header.has('tree')) parts.broken('does not begin with the line "tree"', 'header');
  const version = header.text('version', 'header');
  if (version !== 'v3' && version !== 'v4') {
    parts.refuse(`format ${version}`, 'save the model again with LightGBM 4');
  }
  const { name, objective } = readObjective(header);
  const outputs = header.number('num_tree_per_iteration', 'header');
  if (outputs < 1) parts.broken(`has ${outputs} trees an iteration`, 'header');
  if (trees.length === 0) parts.broken('has no trees', 'header');
  if (trees.length % outputs !== 0) parts.broken(`has ${trees.length} trees for ${outputs} outputs`, 'header');
  const features = readFeatures(header, parameters, readCategoryTables(categories));
  const share = header.has('average_output') ? outputs / Math.max(1, trees.length) : 1;
  return createTreeModel({
    features,
    objective: name,
    baseMargins: new Float64Array(outputs),
    trees: trees.map((tree, index) => readTree(tree, features, index % outputs, share, `Tree=${index}`)),
    precision: 'double',
    scale: objective.scale,
    link: objective.link,
    adjust: adjustNumbers,
  });
}

/** `binary sigmoid:1`: a name, then settings. */
function readObjective(header: LightgbmSection): { name: string; objective: LightgbmObjective } {
  const [name = 'custom', ...words] = header.has('objective') ? header.words('objective', 'header') : [];
  const settings = new Map(
    words.map((word): [string, string] => {
      const [key = '', value = ''] = word.split(':');
      return [key, value];
    }),
  );
  const objective = lightgbmObjectives.get(name)?.(settings);
  if (objective !== undefined) return { name, objective };
  return parts.refuse(
    `objective "${[name, ...words].join(' ')}"`,
    `use a model trained for one of ${[...lightgbmObjectives.keys()].join(', ')}`,
  );
}
