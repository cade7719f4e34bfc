// Solves a model in MPS with the WebAssembly build of HiGHS: highs.js MODULE MODEL
"use strict";
const fs = require("fs");
const path = require("path");
const [module_folder, model_file] = process.argv.slice(2);

// A line leaves at once, so that whoever reads it can time it.
const say = (line) => fs.writeSync(1, line + "\n");

async function main() {
    const load = require(path.resolve(module_folder));
    const highs = await load({ print: say, printErr: say });
    highs.withModel({ format: "mps", data: fs.readFileSync(model_file) }, (model) => {
        model.options.set({
            mip_rel_gap: 0,
            mip_abs_gap: 0.99, // costs are integers
            mip_min_logging_interval: 0.5,
        });
        model.run();
    });
}

main();
