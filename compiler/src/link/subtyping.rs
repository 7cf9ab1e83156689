//! Things seen through a type that they conform to: it shows what it declares and nothing else, at every
//! level. Whether they conform has been validated.

use super::Linker;
use super::env::*;
use crate::error::Result;
use crate::parse::component::{Decl, ExternType};

impl<'a> Linker<'a, '_> {
    /// The item as an import or export of this type shows it.
    pub fn ascribe(&mut self, env: EnvId, item: Item<'a>, ty: &ExternType) -> Result<Item<'a>> {
        Ok(match (item, ty) {
            (Item::Instance(instance), ExternType::Instance(index)) => {
                let declared = self.instance_type_at(env, *index)?;
                Item::Instance(self.nested(|this| this.narrow(instance, declared))?)
            }
            (Item::Component(closure), ExternType::Component(index)) => {
                let view = Some(self.component_type_at(env, *index)?);
                Item::Component(Closure { view, ..closure })
            }
            _ => item,
        })
    }

    /// The instance as an instance type shows it.
    fn narrow(&mut self, instance: InstanceVal, declared: Declared<'a>) -> Result<InstanceVal> {
        let exports = declared.decls.iter().filter(|d| matches!(d, Decl::Export { .. })).count();
        self.spend(exports)?;
        if exports == self.instances[instance].len() && !declared.decls.iter().any(is_compound) {
            return Ok(instance);
        }
        self.show(instance, declared, &Exports::new())
    }

    /// An instance of a component that was made with these arguments, as a component type shows it.
    pub fn narrow_made(
        &mut self,
        instance: InstanceVal,
        declared: Declared<'a>,
        args: &Exports<'a>,
    ) -> Result<InstanceVal> {
        self.spend(declared.decls.len())?;
        self.show(instance, declared, args)
    }

    fn show(
        &mut self,
        instance: InstanceVal,
        declared: Declared<'a>,
        args: &Exports<'a>,
    ) -> Result<InstanceVal> {
        let env = self.new_env(Some(declared.env));
        let mut exports = Exports::new();
        for decl in declared.decls {
            let item = match decl {
                Decl::Import { name, ty } => {
                    let arg = args.get(&name.name[..]).copied();
                    let arg = arg.ok_or_else(|| invalid("a component type has another import"))?;
                    self.ascribe(env, arg, ty)?
                }
                Decl::Export { name, ty } => {
                    let item = self.export_of(instance, &name.name)?;
                    let item = self.ascribe(env, item, ty)?;
                    exports.insert(&name.name, item);
                    item
                }
                _ => {
                    self.declare(env, decl)?;
                    continue;
                }
            };
            self.envs[env].push(item);
        }
        Ok(self.instances.push(exports))
    }

    /// Evaluates a declaration of an instance or component type that is neither import nor export.
    pub fn declare(&mut self, env: EnvId, decl: &'a Decl) -> Result<()> {
        match decl {
            Decl::Type(ty) => {
                let ty = self.type_def(env, None, ty)?;
                self.envs[env].types.push(ty);
            }
            Decl::Alias(alias) => {
                if let Some(item) = self.alias(env, alias)? {
                    self.envs[env].push(item);
                }
            }
            Decl::CoreType(_) | Decl::Import { .. } | Decl::Export { .. } => {}
        }
        Ok(())
    }
}

/// Whether it declares something that has exports of its own.
fn is_compound(decl: &Decl) -> bool {
    matches!(decl, Decl::Export { ty: ExternType::Instance(_) | ExternType::Component(_), .. })
}
