//! A report, for programs.

use super::model::*;
use serde_json::{Value, json};

/// The report as JSON, keys in a fixed order; sizes are in bytes.
pub fn print(report: &Report) -> String {
    let counts = report.counts.as_ref();
    let value = json!({
        "file": report.file,
        "name": report.name,
        "size": report.size,
        "command": report.command,
        "compiles": report.obstacle.is_none(),
        "obstacle": report.obstacle,
        "imports": list(&report.imports, interface),
        "exports": list(&report.exports, interface),
        "modules": list(&report.modules, |module| json!({
            "name": module.name,
            "size": module.size,
            "functions": module.functions,
            "code": module.code,
            "data": module.data,
            "instances": module.instances,
        })),
        "instances": list(&report.instances, |instance| json!({
            "name": instance.name,
            "module": instance.module,
        })),
        "memories": list(&report.memories, |memory| json!({
            "instance": memory.instance,
            "minimum": memory.minimum,
            "maximum": memory.maximum,
            "memory64": memory.is_64,
            "image": memory.image,
            "guarded": memory.guarded,
        })),
        "tables": list(&report.tables, |table| json!({
            "instance": table.instance,
            "element": table.element,
            "minimum": table.minimum,
            "maximum": table.maximum,
        })),
        "counts": counts.map(|counts| json!({
            "functions": counts.functions,
            "adapters": counts.adapters,
            "dropped": counts.dropped,
            "component_instances": counts.component_instances,
            "resources": counts.resources,
            "globals": counts.globals,
            "context": counts.context,
        })),
        "features": report.features,
        "customs": list(&report.customs, |custom| json!({
            "name": custom.name,
            "size": custom.size,
        })),
    });
    format!("{value:#}\n")
}

fn list<T>(items: &[T], item: impl Fn(&T) -> Value) -> Value {
    items.iter().map(item).collect()
}

fn interface(interface: &Interface) -> Value {
    let mut value = json!({ "name": interface.name, "items": interface.items });
    if let Some(served) = interface.served {
        value["served"] = served.text().into();
    }
    value
}
