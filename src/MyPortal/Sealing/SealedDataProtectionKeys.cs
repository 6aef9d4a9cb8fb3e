using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;
using MyPortal.Data;

namespace MyPortal.Sealing;

/// <summary>A key of the framework's data protection (antiforgery tokens live by it), sealed; shared by all nodes through the database.</summary>
internal sealed class DataProtectionKey
{
    private DataProtectionKey()
    {
    }

    public long Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Xml { get; private set; } = "";

    public static DataProtectionKey For(string name, string xml) => new() { Name = name, Xml = xml };
}

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Name).HasMaxLength(100);
    }
}

internal sealed class DataProtectionRepository(IDbContextFactory<PortalDbContext> databases) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        return [.. db.Set<DataProtectionKey>().AsNoTracking().OrderBy(key => key.Id).Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.CreateDbContext();
        db.Add(DataProtectionKey.For(friendlyName, element.ToString(SaveOptions.DisableFormatting)));
        db.SaveChanges();
    }
}

/// <summary>Without an encryptor the framework writes its keys in clear into a repository of one's own.</summary>
internal sealed class DataProtectionSeal(PortalSeal seal) : IXmlEncryptor
{
    internal static readonly AssociatedData Place = new("DataProtectionKeys", "Xml");

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var bytes = seal.Seal(System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), Place);
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(bytes)), typeof(DataProtectionUnseal));
    }
}

/// <summary>Named in the stored XML, so its name must not change.</summary>
internal sealed class DataProtectionUnseal(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = services.GetRequiredService<PortalSeal>().Open(Convert.FromBase64String(encryptedElement.Value), DataProtectionSeal.Place);
        return XElement.Parse(System.Text.Encoding.UTF8.GetString(plain));
    }
}

internal sealed class SealDataProtectionKeys(IDbContextFactory<PortalDbContext> databases, PortalSeal seal) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = new DataProtectionRepository(databases);
        options.XmlEncryptor = new DataProtectionSeal(seal);
    }
}
